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
import type { PlannedAccess } from "./planned-access.js";
import type { HomePolicies, NearCluster, PlannedDestinationPolicies } from "./planned-destination-policies.js";
import type { PlannedRoutePolicies } from "./planned-route-policies.js";
import type { Labels, PlannedSubset, PlannedTarget } from "./planned-target.js";

/**
 * What every cluster must do, resolved and target-neutral.
 *
 * Renderers and the simulator look at nothing else. Plain JSON.
 */
export interface Plan {
  readonly clusters: readonly ClusterPlan[];
}

/** What one cluster must do. */
export interface ClusterPlan {
  readonly cluster: string;
  /** Trust domain of the identities that its proxies show by mutual TLS; empty where there is no mesh. */
  readonly trustDomain: Leaf<string>;
  readonly gateways: readonly PlannedGateway[];
  readonly routeTables: readonly PlannedRouteTable[];
  /** Tables for callers with sidecars; absent where there are none. */
  readonly sidecarTables?: readonly PlannedSidecarTable[];
  readonly destinations: readonly PlannedDestination[];
  readonly externalServices: readonly PlannedExternalService[];
  readonly eastWestGateways: readonly PlannedEastWestGateway[];
  readonly entrances: readonly PlannedEntrance[];
  /** Absent where all sidecars know everything. */
  readonly trims?: readonly PlannedEgressScope[];
  /** What the API server lets people write; absent where Kubernetes' own rights decide alone. */
  readonly guards?: readonly PlannedGuard[];
}

/** The hosts that some sidecars know; without labels, those of the namespace that no other one chooses. */
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
  /** Who may call the ports of the proxies. */
  readonly access?: PlannedAccess;
  readonly shapedBy?: Deferred;
}

/** One port of a gateway; `boundPort` is what the proxy binds. */
export interface PlannedListener {
  readonly port: Leaf<number>;
  readonly boundPort: Leaf<number>;
  readonly protocol: Leaf<ListenerProtocol>;
  readonly httpsRedirect: Leaf<boolean>;
  readonly tls?: ListenerTls;
  readonly hosts: readonly string[];
  /** Those of the gateway that are for this listener; absent where there are none. */
  readonly policies?: PlannedListenerPolicies;
}

/** The routes of one table on one gateway. */
export interface PlannedRouteTable extends PlannedRoutes {
  readonly gateway: GatewayProxies;
  /** Where its routes are written; absent where that is the gateway's namespace. */
  readonly namespace?: string;
}

/** The routes of one table for callers with sidecars in one namespace. */
export interface PlannedSidecarTable extends PlannedRoutes {
  /** The callers' namespace, and the labels that all of them carry. */
  readonly sidecars: { readonly namespace: string; readonly labels: Labels };
}

/** The routes of one table for some callers, in the order in which they are tried. */
export interface PlannedRoutes {
  readonly maker: Maker;
  readonly hosts: readonly string[];
  readonly routes: readonly PlannedRoute[];
  /** Routes of TLS connections that are passed through; absent where there are none. */
  readonly tls?: readonly PlannedConnectionRoute[];
  /** Routes of other connections; absent where there are none. */
  readonly tcp?: readonly PlannedConnectionRoute[];
  /** Subsets that routes choose of Services in this cluster and of external services. */
  readonly chosenSubsets: readonly ChosenSubsets[];
  readonly shapedBy?: Deferred;
}

/** Subsets of a host that its own objects do not declare; `ports` repeats their TLS, which the subsets' object hides. */
export interface ChosenSubsets {
  /** What tells these subsets apart from others that the table's routes choose. */
  readonly part: readonly string[];
  readonly host: string;
  readonly exportTo: readonly string[];
  readonly subsets: readonly PlannedSubset[];
  readonly ports: readonly PlannedExternalPort[];
  readonly shapedBy?: Deferred;
}

/** One route, its destinations resolved. Matcher ports are those that the proxy binds. */
export interface PlannedRoute {
  /** Unique among the routes of the table, those of other tables included. */
  readonly name: string;
  /** Absent for routes of the table itself. */
  readonly delegated?: DelegatedRoute;
  readonly labels: Labels;
  readonly matchers: readonly Matcher[];
  readonly action: PlannedAction;
  readonly policies?: PlannedRoutePolicies;
}

/** What a route of another table is called there, and the delegating routes that lead to it, the first one's table that of the gateway. */
export interface DelegatedRoute {
  readonly table: string;
  readonly route: string;
  readonly through: readonly { readonly table: string; readonly route: string }[];
}

/** One route of connections, its destinations resolved. Matcher ports are those that the proxy binds. */
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
  /** What tells this destination apart from others of the same maker. */
  readonly part: readonly string[];
  readonly namespace: string;
  readonly hosts: readonly string[];
  /** For each host, what tells its objects apart from those of the others. */
  readonly hostParts: readonly (readonly string[])[];
  readonly exportTo: readonly string[];
  readonly ports: readonly PlannedPort[];
  /** Pods that callers reach directly; any of the selectors. */
  readonly local: readonly Labels[];
  /** The clusters that these pods are of; absent where they are all of the callers' own. */
  readonly near?: readonly NearCluster[];
  /** East-west gateways of other networks. */
  readonly remote: readonly PlannedEndpoint[];
  /** Keep an object for remote endpoints although there are none, because that was not known from the start. */
  readonly keepRemote: boolean;
  readonly resolution: Leaf<"STATIC" | "DNS">;
  /** SPIFFE identities that servers may show; empty accepts all of the mesh's root. */
  readonly identities: readonly string[];
  readonly tls: Leaf<DestinationTls>;
  /** Server name to ask for, where it is not made of this host. */
  readonly sni?: string;
  readonly subsets: readonly PlannedSubset[];
  readonly policies?: PlannedDestinationPolicies;
  /** What keeps callers of other teams away from the pods of this cluster. */
  readonly isolation?: PlannedAccess;
  /** Who may call the pods of this cluster. */
  readonly access?: PlannedAccess;
  readonly shapedBy?: Deferred;
}

/** `MUTUAL`: mutual TLS to every endpoint; `PER_ENDPOINT`: to those that can; `NONE`: plaintext. */
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

/** How the east-west gateway passes a destination's requests to backends of this cluster where it can't pass TLS through. */
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
  /** Host that has the backends of this cluster only. */
  readonly localHost: string;
  /** Pods behind `localHost`; absent where it is a Kubernetes Service. */
  readonly pods?: { readonly namespace: string; readonly selectors: readonly Labels[] };
  readonly shapedBy?: Deferred;
}

/** A service outside the fleet, as callers in this cluster see it. */
export interface PlannedExternalService {
  readonly maker: Maker;
  readonly namespace: string;
  readonly hosts: readonly string[];
  /** For each host, what tells its objects apart from those of the others. */
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
