import type { RedirectCode } from "../args/route-table.js";
import type { PortProtocol } from "../args/virtual-destination.js";
import type { ListenerProtocol } from "../args/virtual-gateway.js";
import type { Maker } from "../kube/object.js";
import type { Deferred, Leaf } from "../model/deferred.js";
import type { ClientsideTls } from "../model/external-service.js";
import type { Locality } from "../model/fleet.js";
import type { Matcher } from "../model/match.js";
import type { ConnectionMatcher, PathRewrite } from "../model/route.js";
import type { ListenerTls } from "../model/virtual-gateway.js";
import type { GatewayProxies } from "./gateway-proxies.js";
import type { PlannedGuard } from "./guards.js";
import type { PlannedListenerPolicies } from "./listener-policies.js";
import type { PlannedAccess, PlannedIsolation } from "./planned-access.js";
import type { HomePolicies, NearCluster, PlannedDestinationPolicies } from "./planned-destination-policies.js";
import type { PlannedRoutePolicies } from "./planned-route-policies.js";
import type { Labels, PlannedSubset, PlannedTarget } from "./planned-target.js";

/**
 * The configuration of every cluster, resolved and target-neutral. Plain JSON.
 *
 * Renderers and the simulator read nothing else.
 */
export interface Plan {
  readonly clusters: readonly ClusterPlan[];
}

/** The configuration of one cluster. */
export interface ClusterPlan {
  readonly cluster: string;
  /** Trust domain of the identities that its proxies present over mutual TLS; empty without a mesh. */
  readonly trustDomain: Leaf<string>;
  readonly gateways: readonly PlannedGateway[];
  readonly routeTables: readonly PlannedRouteTable[];
  /** Tables for callers with sidecars; absent if there are none. */
  readonly sidecarTables?: readonly PlannedSidecarTable[];
  readonly destinations: readonly PlannedDestination[];
  readonly externalServices: readonly PlannedExternalService[];
  readonly eastWestGateways: readonly PlannedEastWestGateway[];
  readonly entrances: readonly PlannedEntrance[];
  /** Absent if all sidecars know every host. */
  readonly trims?: readonly PlannedEgressScope[];
  /** Namespaces that keep callers of other workspaces away; absent if there are none. */
  readonly isolated?: readonly PlannedIsolation[];
  /** Limits on writes that the API server enforces; absent if Kubernetes RBAC alone decides. */
  readonly guards?: readonly PlannedGuard[];
}

/**
 * The hosts that some sidecars know. Without labels, applies to sidecars of the namespace that no other one selects.
 */
export interface PlannedEgressScope {
  readonly maker: Maker;
  readonly namespace: string;
  readonly labels?: Labels;
  readonly hosts: readonly string[];
}

/** Gateway proxies and their listeners. */
export interface PlannedGateway {
  readonly maker: Maker;
  readonly namespace: string;
  readonly labels: Labels;
  readonly listeners: readonly PlannedListener[];
  /** The callers allowed at the proxies' ports. */
  readonly access?: PlannedAccess;
  readonly shapedBy?: Deferred;
}

/** One port of a gateway; `boundPort` is the port that the proxy binds. */
export interface PlannedListener {
  readonly port: Leaf<number>;
  readonly boundPort: Leaf<number>;
  readonly protocol: Leaf<ListenerProtocol>;
  readonly httpsRedirect: Leaf<boolean>;
  readonly tls?: ListenerTls;
  readonly hosts: readonly string[];
  /** The gateway's policies that apply to this listener; absent if there are none. */
  readonly policies?: PlannedListenerPolicies;
}

/** The routes of one table on one gateway. */
export interface PlannedRouteTable extends PlannedRoutes {
  readonly gateway: GatewayProxies;
  /** Namespace that its routes are written to; absent if it is the gateway's. */
  readonly namespace?: string;
}

/** The routes of one table for callers with sidecars in one namespace. */
export interface PlannedSidecarTable extends PlannedRoutes {
  /** The callers' namespace, and the labels that all of them carry. */
  readonly sidecars: { readonly namespace: string; readonly labels: Labels };
}

/** The routes of one table for some callers, in evaluation order. */
export interface PlannedRoutes {
  readonly maker: Maker;
  readonly hosts: readonly string[];
  readonly routes: readonly PlannedRoute[];
  /** Routes of TLS connections that are passed through; absent if there are none. */
  readonly tls?: readonly PlannedConnectionRoute[];
  /** Routes of other connections; absent if there are none. */
  readonly tcp?: readonly PlannedConnectionRoute[];
  /** Subsets of this cluster's Services and of external services that routes choose. */
  readonly chosenSubsets: readonly ChosenSubsets[];
  readonly shapedBy?: Deferred;
}

/** Subsets that a host's own objects do not declare; `ports` repeats their TLS, which the subsets' object overrides. */
export interface ChosenSubsets {
  /** Distinguishes these subsets from others that the table's routes choose. */
  readonly part: readonly string[];
  readonly host: string;
  readonly exportTo: readonly string[];
  readonly subsets: readonly PlannedSubset[];
  readonly ports: readonly PlannedExternalPort[];
  readonly shapedBy?: Deferred;
}

/** One route with its destinations resolved. Matchers use the ports that the proxy binds. */
export interface PlannedRoute {
  /** Unique among all routes of the table, delegated ones included. */
  readonly name: string;
  /** Absent for the table's own routes. */
  readonly delegated?: DelegatedRoute;
  readonly labels: Labels;
  readonly matchers: readonly Matcher[];
  readonly action: PlannedAction;
  readonly policies?: PlannedRoutePolicies;
}

/**
 * The name of a delegated route in its own table, and the delegating routes that lead to it; the first one is in the
 * gateway's table.
 */
export interface DelegatedRoute {
  readonly table: string;
  readonly route: string;
  readonly through: readonly { readonly table: string; readonly route: string }[];
}

/** One connection route with its destinations resolved. Matchers use the ports that the proxy binds. */
export interface PlannedConnectionRoute {
  readonly name: string;
  readonly matchers: readonly ConnectionMatcher[];
  readonly targets: readonly PlannedTarget[];
}

export type PlannedAction =
  | {
      readonly kind: "forward";
      readonly targets: readonly PlannedTarget[];
      readonly path?: PathRewrite;
      readonly host?: string;
    }
  | { readonly kind: "redirect"; readonly host?: string; readonly path?: string; readonly code: Leaf<RedirectCode> }
  | { readonly kind: "directResponse"; readonly status: Leaf<number>; readonly body?: string };

/** A host with backends in several clusters, as callers in this cluster see it. */
export interface PlannedDestination {
  readonly maker: Maker;
  /** Distinguishes this destination from others of the same owner. */
  readonly part: readonly string[];
  readonly namespace: string;
  readonly hosts: readonly string[];
  /** Name parts that distinguish each host's objects from the other hosts'. */
  readonly hostParts: readonly (readonly string[])[];
  readonly exportTo: readonly string[];
  readonly ports: readonly PlannedPort[];
  /** Pods that callers reach directly, matched by any of the selectors. */
  readonly local: readonly Labels[];
  /** The clusters that these pods run in; absent if all are in the callers' own. */
  readonly near?: readonly NearCluster[];
  /** East-west gateways of other networks. */
  readonly remote: readonly PlannedEndpoint[];
  /** Keeps an object for remote endpoints even if there are none, because this was not known at first. */
  readonly keepRemote: boolean;
  readonly resolution: Leaf<"STATIC" | "DNS">;
  /** SPIFFE identities that servers may present; empty accepts any identity under the mesh's root. */
  readonly identities: readonly string[];
  readonly tls: Leaf<DestinationTls>;
  /** SNI to send, if it is not derived from this host. */
  readonly sni?: string;
  readonly subsets: readonly PlannedSubset[];
  readonly policies?: PlannedDestinationPolicies;
  /** Isolation of this cluster's pods from callers of other teams. */
  readonly isolation?: PlannedAccess;
  /** The callers allowed at this cluster's pods. */
  readonly access?: PlannedAccess;
  readonly shapedBy?: Deferred;
}

/** `MUTUAL`: mutual TLS to every endpoint; `PER_ENDPOINT`: to those that support it; `NONE`: plaintext. */
export type DestinationTls = "MUTUAL" | "PER_ENDPOINT" | "NONE";

export interface PlannedPort {
  readonly name: string;
  readonly number: Leaf<number>;
  readonly protocol: Leaf<PortProtocol>;
  readonly targetPort: Leaf<number>;
}

/** The east-west gateway of another network as an endpoint. */
export interface PlannedEndpoint {
  readonly cluster: string;
  readonly network: string;
  readonly address: string;
  readonly port: Leaf<number>;
  readonly locality?: Locality;
  readonly labels: Labels;
  readonly mutualTls: Leaf<boolean>;
}

/** The gateway that lets other networks into this cluster. */
export interface PlannedEastWestGateway {
  readonly maker: Maker;
  readonly namespace: string;
  readonly labels: Labels;
  readonly port: Leaf<number>;
  readonly mode: Leaf<"SNI_PASSTHROUGH" | "PLAINTEXT">;
  readonly hosts: readonly string[];
  readonly shapedBy?: Deferred;
}

/** The way into a cluster where its east-west gateway can't pass TLS through to the backends. */
export interface PlannedEntrance extends HomePolicies {
  readonly maker: Maker;
  readonly part: readonly string[];
  readonly kind: "plaintext" | "tls-termination";
  /** Namespace and labels of the east-west gateway's pods, and the name of its fleet. */
  readonly gateway: {
    readonly fleet: string;
    readonly namespace: string;
    readonly labels: Labels;
    readonly port: Leaf<number>;
  };
  readonly hosts: readonly string[];
  readonly ports: readonly PlannedPort[];
  /** Host with the backends of this cluster only. */
  readonly localHost: string;
  /** Pods behind `localHost`; absent if it is a Kubernetes Service. */
  readonly pods?: { readonly namespace: string; readonly selectors: readonly Labels[] };
  readonly shapedBy?: Deferred;
}

/** A service outside the fleet, as callers in this cluster see it. */
export interface PlannedExternalService {
  readonly maker: Maker;
  readonly namespace: string;
  readonly hosts: readonly string[];
  /** Name parts that distinguish each host's objects from the other hosts'. */
  readonly hostParts: readonly (readonly string[])[];
  readonly addresses: readonly string[];
  readonly exportTo: readonly string[];
  readonly ports: readonly PlannedExternalPort[];
  readonly endpoints: readonly {
    readonly address: string;
    readonly ports: Readonly<Record<string, Leaf<number>>>;
    readonly labels: Labels;
    readonly locality?: Locality;
  }[];
  readonly resolution: Leaf<"STATIC" | "DNS" | "NONE">;
  readonly subjectAltNames: readonly string[];
  readonly shapedBy?: Deferred;
}

/** A port of a service outside the fleet, with the TLS that callers add. */
export interface PlannedExternalPort extends PlannedPort {
  readonly tls?: ClientsideTls & { readonly subjectAltNames?: readonly string[] };
}
