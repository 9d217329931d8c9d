import type { Input } from "./input.js";
import type { FleetReference, PolicyReference, WorkspaceReference } from "./reference.js";

/** Protocol of a destination's port. */
export const PortProtocol = {
  /** HTTP/1.1, upgraded to HTTP/2 where both sides can. */
  Http: "HTTP",
  /** HTTP/2. */
  Http2: "HTTP2",
  /** gRPC. */
  Grpc: "GRPC",
  /** HTTP over TLS, not looked into. */
  Https: "HTTPS",
  /** Plain TCP. */
  Tcp: "TCP",
  /** TLS, not looked into. */
  Tls: "TLS",
  /** MongoDB's protocol. */
  Mongo: "MONGO",
} as const;
export type PortProtocol = (typeof PortProtocol)[keyof typeof PortProtocol];

/** Backing workloads of a virtual destination. */
export interface ServiceSelectorArgs {
  /** Labels of the pods, all of them; at least one. */
  labels: { [key: string]: string };
  /** Namespace of the pods. */
  namespace: string;
  /** Name of the only cluster to look in. Default: every cluster of the fleet. */
  cluster?: string;
  /** Service accounts of the pods; callers in the mesh accept no other identity. Default: any identity of the mesh's root. */
  serviceAccounts?: Input<string>[];
}

/** One port of a virtual destination. */
export interface DestinationPortArgs {
  /** Port that clients use, 1 to 65535. */
  number: Input<number>;
  /** Protocol of the port. */
  protocol: Input<PortProtocol>;
  /** Port of the pods. Default: `number`. */
  targetPort?: Input<number>;
}

/** A named part of a destination's pods. */
export interface SubsetArgs {
  /** Labels of the pods, besides those of the services; at least one. */
  labels: { [key: string]: Input<string> };
  /**
   * Names of the clusters that run such pods; at least one. Default: all that the services name.
   *
   * A cluster that is named and runs none answers its share of other clusters' requests with 503, until outlier detection leaves it out.
   */
  clusters?: string[];
}

/** An empty choice. */
// biome-ignore lint/suspicious/noEmptyInterface: the schema of other languages needs a named, empty object
export interface ClientModeChoiceArgs {}

/** How callers in other networks reach the backing pods. At most one field. Follows `ClientMode` of Gloo Platform v2. */
export interface ClientModeArgs {
  /** As `sniRouting`. */
  auto?: ClientModeChoiceArgs;
  /** Mutual TLS from the caller to the pod; the east-west gateway only forwards. Pods need sidecars. */
  sniRouting?: ClientModeChoiceArgs;
  /** Mutual TLS from the caller to the east-west gateway, which ends it. Pods need no sidecars and see the gateway's identity. */
  tlsTermination?: ClientModeChoiceArgs;
}

/** One internal hostname over all the clusters an application runs in. Follows `VirtualDestination` of Gloo Platform v2. */
export interface VirtualDestinationArgs {
  /** The clusters. */
  fleet: FleetReference;
  /** Team that owns the destination and the namespaces of its services; routes of other teams may use it as the workspaces' settings say. Default: nobody, and every route may. */
  workspace?: WorkspaceReference;
  /** Labels by which workspaces choose what they share. Default: none. */
  labels?: { [key: string]: string };
  /** Hostnames of the destination, with a dot, without wildcards, unique in the fleet. 1 to 256. */
  hosts: Input<string>[];
  /** Backing workloads; those that any entry selects. At least one, all of one cluster in one namespace. */
  services: ServiceSelectorArgs[];
  /** Ports of the destination. 1 to 128. */
  ports: DestinationPortArgs[];
  /** Parts of the pods that routes may choose, such as versions. Default: none. */
  subsets?: SubsetArgs[];
  /** How callers in other networks reach the pods. Default `auto`. */
  clientMode?: ClientModeArgs;
  /**
   * Namespaces whose workloads and gateways may call the destination; `*` is all, which a team needs the operators' consent for (`mayClaim.hosts`).
   *
   * Default: of a workspace, its own namespaces, those of the workspaces that it exports this to, and the fleet's `gatewayNamespaces`; else all.
   */
  exportTo?: string[];
  /**
   * Policies of all callers toward this destination, at most one of each kind: AccessPolicy, ActiveHealthCheckPolicy, ClientTLSPolicy, ConnectionPolicy, FailoverPolicy, LoadBalancerPolicy, OutlierDetectionPolicy.
   *
   * Default: none. Without failover and outlier detection, requests are spread over the pods and the east-west gateways of all clusters alike.
   */
  policies?: PolicyReference[];
}
