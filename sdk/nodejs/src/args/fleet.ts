import type { FleetGuardArgs } from "./guard.js";
import type { Input, KubernetesProvider } from "./input.js";
import type { MayClaimArgs } from "./may-claim.js";

/** Mesh that encrypts and authenticates traffic inside a cluster. */
export const Mesh = {
  /** Istio sidecars: mutual TLS between workloads. */
  Istio: "ISTIO",
  /** No sidecars: only gateway proxies run, and backends are called in plaintext. */
  None: "NONE",
} as const;
export type Mesh = (typeof Mesh)[keyof typeof Mesh];

/** Locality of workloads. Follows `Locality` of Gloo Platform v2 and of Istio. */
export interface LocalityArgs {
  /** Region, as in the node label `topology.kubernetes.io/region`. */
  region: Input<string>;
  /** Zone within the region, as in the node label `topology.kubernetes.io/zone`. Default: none. */
  zone?: Input<string>;
  /** Sub-zone within the zone, as in the node label `topology.istio.io/subzone`. Requires `zone`. Default: none. */
  subZone?: Input<string>;
}

/** Gateway through which other networks enter a cluster. */
export interface EastWestGatewayArgs {
  /** IP addresses or DNS names at which other clusters reach this gateway. At least one. */
  addresses: Input<string>[];
  /**
   * Port for traffic between clusters, 1 to 65535: mutual TLS routed by SNI, or plaintext HTTP where the mesh is
   * `NONE`. Default 15443.
   */
  port?: Input<number>;
  /**
   * Port on which the gateway itself terminates mutual TLS for virtual destinations with `clientMode.tlsTermination`.
   * Default 16443.
   */
  tlsTerminationPort?: Input<number>;
  /** Namespace of the gateway's pods. Default `istio-system`. */
  namespace?: string;
  /** Labels of the gateway's pods. Default `istio: eastwestgateway`. */
  labels?: { [key: string]: string };
  /**
   * Service account of the gateway's pods; callers expect it if the gateway terminates TLS. Default
   * `istio-eastwestgateway-service-account`.
   */
  serviceAccount?: Input<string>;
  /**
   * Hosts that other clusters may reach through this gateway: names with a dot, or with a wildcard as the first label.
   * Default: all (`*`).
   */
  exposedHosts?: Input<string>[];
}

/** A Kubernetes cluster of a fleet. */
export interface ClusterArgs {
  /** Name by which everything else refers to this cluster: a DNS label, unique in the fleet. */
  name: string;
  /** Context in the kubeconfig. Default: the kubeconfig's current context. */
  context?: Input<string>;
  /** Kubeconfig, as text or as a path. Default: the environment variable `KUBECONFIG`, else `~/.kube/config`. */
  kubeconfig?: Input<string>;
  /** Kubernetes provider to use instead. Excludes `context`, `kubeconfig` and `clusterIdentifier`. */
  provider?: KubernetesProvider;
  /**
   * Identity of this cluster, however it is reached: any text, such as its ARN or the UID of its namespace
   * `kube-system`. Default: none.
   *
   * Without it, Pulumi treats any change of the kubeconfig's cluster entry (server, CA, proxy and so on) as a different
   * cluster. It takes effect in the run after the one that sets it. Change it when the cluster is replaced, and never
   * reuse it: an unchanged identifier means that the objects are still there.
   */
  clusterIdentifier?: Input<string>;
  /**
   * Former names of this cluster, so that renaming it keeps its objects: DNS labels. Default: none.
   *
   * They can be removed once every stack of the fleet has been updated. Set `network` too if it defaulted to the former
   * name.
   */
  formerNames?: string[];
  /** Locality of the cluster's workloads; locality failover requires it. Default: unknown. */
  locality?: LocalityArgs;
  /**
   * Network of the cluster's pods: clusters on the same network reach each other's pods directly. Default: the
   * cluster's name.
   *
   * Within a network, Istio merges Services of the same name; routes to a Service of one cluster find it by the
   * cluster's `name`, which must then match the cluster's ID in Istio. Of two pods with the same name and namespace, as
   * StatefulSets create them, virtual destinations reach only one.
   */
  network?: Input<string>;
  /** Trust domain of the identities that the cluster's mesh issues. Default `cluster.local`. */
  trustDomain?: Input<string>;
  /** DNS suffix of the cluster's Services. Default `cluster.local`. */
  clusterDomain?: Input<string>;
  /**
   * Namespace whose Istio objects apply to every namespace, `rootNamespace` in the mesh config. Default `istio-system`.
   */
  rootNamespace?: string;
  /** Mesh of the cluster, which decides whether workloads have sidecars. Default `ISTIO`. */
  mesh?: Input<Mesh>;
  /** Gateway through which other networks reach this cluster. Default: none; other networks can't reach it. */
  eastWestGateway?: EastWestGatewayArgs;
}

/** Kinds of objects that resources create in clusters. */
export const ObjectKind = {
  /** Allowed callers of a destination's pods, or of a gateway. */
  AuthorizationPolicy: "AuthorizationPolicy",
  /** Settings of callers toward a destination. */
  DestinationRule: "DestinationRule",
  /** Settings that Istio has no field for. */
  EnvoyFilter: "EnvoyFilter",
  /** Ports of gateway proxies. */
  Gateway: "Gateway",
  /** TLS modes that pods accept. */
  PeerAuthentication: "PeerAuthentication",
  /** Hosts and endpoints of a destination. */
  ServiceEntry: "ServiceEntry",
  /** Destinations that sidecars know. */
  Sidecar: "Sidecar",
  /** A rule of a guard. */
  ValidatingAdmissionPolicy: "ValidatingAdmissionPolicy",
  /** Scope of a guard's rule. */
  ValidatingAdmissionPolicyBinding: "ValidatingAdmissionPolicyBinding",
  /** The routes of a table. */
  VirtualService: "VirtualService",
} as const;
export type ObjectKind = (typeof ObjectKind)[keyof typeof ObjectKind];

/** An object that already exists in a cluster. */
export interface AdoptedObjectArgs {
  /** Kind of the object. */
  kind: ObjectKind;
  /** Namespace of the object: a DNS label. Default: none, for cluster-scoped kinds. */
  namespace?: string;
  /** Name of the object. */
  name: string;
  /** Cluster of the object. Default: every cluster that has it. */
  cluster?: string;
  /**
   * Stack that owns the object, as in its annotation `meshway.io/stack`: `organization/project/stack`. Default: none,
   * and an object of another stack stops the run.
   */
  fromStack?: string;
}

/** The clusters that applications run in. */
export interface FleetArgs {
  /** Clusters of the fleet; at least one. Their order doesn't matter. */
  clusters: ClusterArgs[];
  /**
   * Existing objects that resources of this fleet take over, overwriting their current content. Default: none.
   *
   * Without it, an existing object that doesn't belong to this stack stops the run. It can be removed once the objects
   * are taken over.
   */
  adopt?: AdoptedObjectArgs[];
  /**
   * Namespaces of gateways that several teams share. Gateways there see what a workspace owns by default, so their
   * routes may lead to it; gateways elsewhere see what is exported to the workspace of their namespace. Default: none.
   */
  gatewayNamespaces?: string[];
  /**
   * Claims that every resource of the fleet may make to things that belong to no workspace, or to another one. Default:
   * none.
   */
  mayClaim?: MayClaimArgs;
  /**
   * Secrets and files that resources of any team, or of none, may make proxies of others use, such as gateways that
   * teams share: names as in `credentialName`, paths as in `clientCertificate`, each with `*` at the end for any rest.
   * Takes effect once a program declares workspaces. Default: none.
   */
  mayUseSecrets?: string[];
  /** Operators, for the guards of workspaces and gateways. Default: none, and no guards are possible. */
  guard?: FleetGuardArgs;
}
