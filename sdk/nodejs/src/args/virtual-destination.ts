import type { Input } from "./input.js";
import type { FleetReference, PolicyReference, WorkspaceReference } from "./reference.js";

/** Protocols of a destination's port. */
export const PortProtocol = {
  /** HTTP/1.1, upgraded to HTTP/2 where both sides can. */
  Http: "HTTP",
  /** HTTP/2. */
  Http2: "HTTP2",
  /** gRPC. */
  Grpc: "GRPC",
  /** HTTP over TLS, not terminated. */
  Https: "HTTPS",
  /** Plain TCP. */
  Tcp: "TCP",
  /** TLS, not terminated. */
  Tls: "TLS",
  /** MongoDB's protocol. */
  Mongo: "MONGO",
} as const;
export type PortProtocol = (typeof PortProtocol)[keyof typeof PortProtocol];

/** Selects backing workloads of a virtual destination. */
export interface ServiceSelectorArgs {
  /** Labels of the pods, all of which must match; at least one. */
  labels: { [key: string]: string };
  /** Namespace of the pods. */
  namespace: string;
  /** Name of the one cluster to look in. Default: every cluster of the fleet. */
  cluster?: string;
  /**
   * Service accounts of the pods; callers in the mesh accept no other identity. Default: any identity under the mesh's
   * root of trust.
   */
  serviceAccounts?: Input<string>[];
}

/** Port of a virtual destination. */
export interface DestinationPortArgs {
  /** Port that clients use, 1 to 65535. */
  number: Input<number>;
  /** Protocol of the port. */
  protocol: Input<PortProtocol>;
  /** Port of the pods. Default: `number`. */
  targetPort?: Input<number>;
}

/** Subset of a destination's pods. */
export interface SubsetArgs {
  /** Labels of the pods, in addition to the labels of the services; at least one. */
  labels: { [key: string]: Input<string> };
  /**
   * Names of the clusters that run such pods; at least one. Default: all clusters that the services name.
   *
   * A listed cluster that runs none responds to its share of other clusters' requests with 503, until outlier detection
   * ejects it.
   */
  clusters?: string[];
}

/** Empty object; its presence selects the option. */
// biome-ignore lint/suspicious/noEmptyInterface: the schema for other languages needs a named, empty object
export interface ClientModeChoiceArgs {}

/**
 * Way that callers in other networks reach the backing pods. At most one field. Follows `ClientMode` of Gloo Platform
 * v2.
 */
export interface ClientModeArgs {
  /** Same as `sniRouting`. */
  auto?: ClientModeChoiceArgs;
  /** Mutual TLS from the caller to the pod; the east-west gateway only forwards. Pods need sidecars. */
  sniRouting?: ClientModeChoiceArgs;
  /**
   * Mutual TLS from the caller to the east-west gateway, which terminates it. Pods need no sidecars and see the
   * gateway's identity.
   */
  tlsTermination?: ClientModeChoiceArgs;
}

/**
 * One internal hostname for all the clusters that an application runs in. Follows `VirtualDestination` of Gloo Platform
 * v2.
 */
export interface VirtualDestinationArgs {
  /** Fleet whose clusters run the application. */
  fleet: FleetReference;
  /**
   * Workspace of the team that owns the destination and the namespaces of its services; the workspaces' settings decide
   * which routes of other teams may use it. Default: none, and every route may use it.
   */
  workspace?: WorkspaceReference;
  /** Labels by which workspaces select what they share. Default: none. */
  labels?: { [key: string]: string };
  /** Hostnames of the destination, with a dot, without wildcards, unique in the fleet. 1 to 256. */
  hosts: Input<string>[];
  /** Backing workloads, selected by any of the entries. At least one; all in the same cluster are in one namespace. */
  services: ServiceSelectorArgs[];
  /** Ports of the destination. 1 to 128. */
  ports: DestinationPortArgs[];
  /** Subsets of the pods that routes may choose, such as versions. Default: none. */
  subsets?: SubsetArgs[];
  /** Way that callers in other networks reach the pods. Default `auto`. */
  clientMode?: ClientModeArgs;
  /**
   * Namespaces whose workloads and gateways may call the destination; `*` is all, for which a team needs the operators'
   * consent (`mayClaim.hosts`).
   *
   * Default: with a workspace, its own namespaces, those of the workspaces that it exports the destination to, and the
   * fleet's `gatewayNamespaces`; otherwise all.
   */
  exportTo?: string[];
  /**
   * Policies of all callers toward this destination, at most one of each kind: AccessPolicy, ActiveHealthCheckPolicy,
   * ClientTLSPolicy, ConnectionPolicy, FailoverPolicy, LoadBalancerPolicy, OutlierDetectionPolicy.
   *
   * Default: none. Without failover and outlier detection, requests are spread evenly over the pods and the east-west
   * gateways of all clusters.
   */
  policies?: PolicyReference[];
}
