import type { FleetGuardArgs } from "./guard.js";
import type { Input, KubernetesProvider } from "./input.js";
import type { MayClaimArgs } from "./may-claim.js";

/** What encrypts and authenticates traffic inside a cluster. */
export const Mesh = {
  /** Istio sidecars: mutual TLS between workloads. */
  Istio: "ISTIO",
  /** No sidecars: only gateway proxies run, and backends are called in plaintext. */
  None: "NONE",
} as const;
export type Mesh = (typeof Mesh)[keyof typeof Mesh];

/** Where workloads run. Follows `Locality` of Gloo Platform v2 and of Istio. */
export interface LocalityArgs {
  /** Region, as in the node label `topology.kubernetes.io/region`. */
  region: Input<string>;
  /** Zone inside the region, as in the node label `topology.kubernetes.io/zone`. Default: none. */
  zone?: Input<string>;
  /** Sub-zone inside the zone, as in the node label `topology.istio.io/subzone`. Needs `zone`. Default: none. */
  subZone?: Input<string>;
}

/** The gateway through which other networks enter a cluster. */
export interface EastWestGatewayArgs {
  /** IP addresses or DNS names at which other clusters reach this gateway. At least one. */
  addresses: Input<string>[];
  /** Port for traffic between clusters, 1 to 65535: mutual TLS routed by SNI, or plaintext HTTP where the mesh is `NONE`. Default 15443. */
  port?: Input<number>;
  /** Port at which the gateway itself terminates mutual TLS for virtual destinations with `clientMode.tlsTermination`. Default 16443. */
  tlsTerminationPort?: Input<number>;
  /** Namespace of the gateway's pods. Default `istio-system`. */
  namespace?: string;
  /** Labels of the gateway's pods. Default `istio: eastwestgateway`. */
  labels?: { [key: string]: string };
  /** Service account of the gateway's pods; callers expect it where the gateway terminates TLS. Default `istio-eastwestgateway-service-account`. */
  serviceAccount?: Input<string>;
  /** Hosts that other clusters may reach through this gateway: names with a dot, or a wildcard as the first label. Default all (`*`). */
  exposedHosts?: Input<string>[];
}

/** One Kubernetes cluster of a fleet. */
export interface ClusterArgs {
  /** Name by which everything else refers to this cluster: a DNS label, unique in the fleet. */
  name: string;
  /** Context in the kubeconfig. Default: the kubeconfig's current context. */
  context?: Input<string>;
  /** Kubeconfig, as text or as a path. Default: the environment variable `KUBECONFIG`, else `~/.kube/config`. */
  kubeconfig?: Input<string>;
  /** A Kubernetes provider to use as it is. Excludes `context`, `kubeconfig` and `clusterIdentifier`. */
  provider?: KubernetesProvider;
  /**
   * What tells this cluster from others, however it is reached: any text, such as its ARN or the UID of its namespace `kube-system`. Default: none.
   *
   * Without it Pulumi takes any change of the kubeconfig's cluster entry (server, CA, proxy and so on) for another cluster. It helps from
   * the run after the one that sets it. Change it when the cluster is another one, and never reuse it: an unchanged identifier says that the
   * objects are there.
   */
  clusterIdentifier?: Input<string>;
  /**
   * Names that this cluster had before, so that renaming it keeps its objects: DNS labels. Default: none.
   *
   * They may be left out once every stack of the fleet has been updated. Say the `network` as well where that was named by default.
   */
  formerNames?: string[];
  /** Where the cluster's workloads run; locality failover needs it. Default: unknown. */
  locality?: LocalityArgs;
  /**
   * Network of the cluster's pods: clusters of one network reach each other's pods directly. Default: the cluster's name.
   *
   * On one network, Istio joins Services of one name; routes to a Service of one cluster find it by its `name`, which there must be the
   * ID that Istio has for the cluster. Of two pods with one name and namespace, as StatefulSets make, virtual destinations reach one only.
   */
  network?: Input<string>;
  /** Trust domain of the identities that the cluster's mesh issues. Default `cluster.local`. */
  trustDomain?: Input<string>;
  /** DNS suffix of the cluster's Services. Default `cluster.local`. */
  clusterDomain?: Input<string>;
  /**
   * Namespace whose Istio objects act on every namespace, `rootNamespace` in the mesh's settings. Default
   * `istio-system`.
   */
  rootNamespace?: string;
  /** Whether workloads have sidecars. Default `ISTIO`. */
  mesh?: Input<Mesh>;
  /** The gateway through which other networks reach this cluster. Default: none, other networks can't. */
  eastWestGateway?: EastWestGatewayArgs;
}

/** Kinds of objects that resources make in clusters. */
export const ObjectKind = {
  /** Who may call the pods of a destination, or a gateway. */
  AuthorizationPolicy: "AuthorizationPolicy",
  /** How callers reach a destination. */
  DestinationRule: "DestinationRule",
  /** What Istio has no field for. */
  EnvoyFilter: "EnvoyFilter",
  /** Ports of gateway proxies. */
  Gateway: "Gateway",
  /** Whether pods take mutual TLS only. */
  PeerAuthentication: "PeerAuthentication",
  /** A destination's host and endpoints. */
  ServiceEntry: "ServiceEntry",
  /** The destinations that sidecars know. */
  Sidecar: "Sidecar",
  /** A rule of a guard. */
  ValidatingAdmissionPolicy: "ValidatingAdmissionPolicy",
  /** Where a rule of a guard holds. */
  ValidatingAdmissionPolicyBinding: "ValidatingAdmissionPolicyBinding",
  /** The routes of a table. */
  VirtualService: "VirtualService",
} as const;
export type ObjectKind = (typeof ObjectKind)[keyof typeof ObjectKind];

/** An object that is in a cluster already. */
export interface AdoptedObjectArgs {
  /** Kind of the object. */
  kind: ObjectKind;
  /** Namespace of the object: a DNS label. Default: none, for kinds without namespaces. */
  namespace?: string;
  /** Name of the object. */
  name: string;
  /** Cluster that it is in. Default: each that has it. */
  cluster?: string;
  /**
   * Stack that the object belongs to, as its annotation `meshway.io/stack` names it: `organization/project/stack`.
   * Default: none, and an object of another stack stops the run.
   */
  fromStack?: string;
}

/** The clusters that applications run in. */
export interface FleetArgs {
  /** The clusters; at least one. Their order never matters. */
  clusters: ClusterArgs[];
  /**
   * Objects that clusters have already and that resources of this fleet are to take over, with what they say now written over. Default: none.
   *
   * Without it an object that is there and does not belong to this stack stops the run. It may be left out once the objects are taken over.
   */
  adopt?: AdoptedObjectArgs[];
  /**
   * Namespaces of gateways that several teams share. What a workspace owns is seen there by default, so that routes of these gateways may lead to it;
   * gateways elsewhere see what is exported to the workspace of their namespace. Default: none.
   */
  gatewayNamespaces?: string[];
  /** What every resource of the fleet may claim although it belongs to no workspace, or to another one. Default: nothing. */
  mayClaim?: MayClaimArgs;
  /**
   * Secrets and files that resources of every team, and of none, may have proxies of others use, such as gateways that
   * teams share: names as in `credentialName`, paths as in
   * `clientCertificate`, each with `*` at its end for any rest. It counts once a program declares workspaces. Default:
   * none.
   */
  mayUseSecrets?: string[];
  /** Who the operators are, for the guards of workspaces and gateways. Default: none, and there can be no guards. */
  guard?: FleetGuardArgs;
}
