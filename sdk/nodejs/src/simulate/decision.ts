import type { RoutePolicyKind } from "../kinds/kinds.js";
import type { Locality } from "../model/fleet.js";
import type { PlannedDestinationPolicies } from "../plan/planned-destination-policies.js";
import type { PlannedRoutePolicies } from "../plan/planned-route-policies.js";
import type { Labels, PlannedSubset } from "../plan/planned-target.js";
import type { DelegatedRoute } from "../plan/types.js";
import type { AccessVerdict } from "./access.js";

/** What happens to a request. Plain JSON. */
export type Decision =
  | Forward
  | Passed
  | Unrouted
  | Redirect
  | Direct
  | Aborted
  | Denied
  | Preflight
  | NotFound
  | Rejected
  | Refused
  | Unanswered;

/** The route that took a request, by its own table's name for it, and which of its matchers; a route that takes every request has none. */
export interface Taken {
  readonly table: string;
  readonly route: string;
  /** The delegating routes that lead to it, the first one's table that of the gateway; absent for a route of that table. */
  readonly through?: DelegatedRoute["through"];
  /** Its index among those that the route has together with the delegating routes. */
  readonly matcher?: number;
  /** The policies in force, the nearest of each kind; absent where there are none. */
  readonly policies?: PlannedRoutePolicies;
}

/** The request goes on to one of the targets. */
export interface Forward extends Taken {
  readonly kind: "forward";
  /** Path and query after the rewrite. */
  readonly path: string;
  /** New values of headers that filters change before the route's own changes, empty for those that they take away; absent where there are none. */
  readonly changedHeaders?: Readonly<Record<string, readonly string[]>>;
  /** Those that get a share; which of them one request reaches is chance. */
  readonly targets: readonly Target[];
}

/** The connection goes on to one of the targets as it is, whatever goes over it. */
export interface Passed extends Omit<Taken, "policies"> {
  readonly kind: "passed";
  /** Those that get a share; which of them one connection reaches is chance. */
  readonly targets: readonly ConnectionTarget[];
}

/** No table of a caller with a sidecar takes the request or connection: it goes where its host leads. */
export interface Unrouted {
  readonly kind: "unrouted";
  /** What the host stands for; empty where the plan does not know it. */
  readonly targets: readonly ConnectionTarget[];
}

/** One destination of a route of connections. */
export type ConnectionTarget = Omit<Target, "hostHeader">;

/** One destination of a route. */
export interface Target {
  readonly destination: Destination;
  /** Host by which the proxy knows the destination. */
  readonly host: string;
  readonly port: number | string;
  readonly subset?: PlannedSubset;
  /** Percent of the requests; absent while the weights are not known. */
  readonly share?: number;
  /** Host header of the forwarded request. */
  readonly hostHeader: string;
  /** What the destination's policies say; absent where it has none. */
  readonly policies?: TargetPolicies;
  /** Whether the pods let the caller in, else they answer 403 or close the connection; absent where nothing guards them. */
  readonly access?: AccessVerdict;
  /** Preferred ones first. */
  readonly endpoints: readonly Endpoint[];
}

/** How callers treat the endpoints: which they prefer, how they choose, which they leave out, how many connections they have and how they speak TLS. */
export type TargetPolicies = Omit<PlannedDestinationPolicies, "caller" | "near">;

/** What the program calls a destination. */
export type Destination =
  | { readonly kind: "VirtualDestination" | "ExternalService"; readonly name: string }
  | { readonly kind: "Service"; readonly name: string; readonly namespace: string; readonly cluster: string };

/** Where a destination's requests may end up, as the plan knows it. */
export type Endpoint = EndpointPlace & {
  /** Requests go to the lowest number that has healthy endpoints, from 0; absent where no policy orders endpoints by locality. */
  readonly priority?: number;
  /** Percent of the requests that the endpoints of this locality get together; absent where no policy distributes them. */
  readonly share?: number;
};

export type EndpointPlace =
  /** Pods that are reached directly; in a flat network also those of other clusters. */
  | {
      readonly kind: "pods";
      readonly cluster: string;
      readonly namespace: string;
      readonly labels: Labels;
      readonly port: number | string;
      readonly locality?: Locality;
    }
  /** The east-west gateway of another cluster. */
  | {
      readonly kind: "eastWestGateway";
      readonly cluster: string;
      readonly address: string;
      readonly port: number | string;
      readonly locality?: Locality;
    }
  /** A Kubernetes Service of the cluster. */
  | { readonly kind: "service"; readonly cluster: string; readonly host: string; readonly port: number | string }
  /** An address or a name outside the fleet. */
  | {
      readonly kind: "external";
      readonly address: string;
      readonly port: number | string;
      readonly locality?: Locality;
    };

/** The client is sent elsewhere; without a route it is the listener's redirect to https. */
export interface Redirect extends Partial<Taken> {
  readonly kind: "redirect";
  readonly status: number;
  /** The whole Location header. */
  readonly location: string;
}

/** The gateway answers by itself. */
export interface Direct extends Taken {
  readonly kind: "direct";
  readonly status: number | string;
  /** As a client sees it: none for HEAD, 204 and 304. */
  readonly body?: string;
  /** Envoy adds a Location header to 201 and 3xx. */
  readonly location?: string;
}

/** A policy answers every such request with an error instead of what its route does. Where it does so by chance, the request counts as forwarded. */
export interface Aborted extends Taken {
  readonly kind: "aborted";
  readonly status: number | string;
  /** As a client sees it: none for HEAD. */
  readonly body?: string;
  /** The kind of the policy. */
  readonly by: RoutePolicyKind;
}

/** An access policy of a gateway refuses the request, whoever sends it of those that the question leaves open. */
export interface Denied {
  readonly kind: "denied";
  readonly status: 403;
  /** As a client sees it: none for HEAD. */
  readonly body?: string;
  /** The gateway that lists the policy. */
  readonly gateway: string;
}

/** The gateway answers a browser that asks what a page of another origin may do. */
export interface Preflight extends Taken {
  readonly kind: "preflight";
  readonly status: 200;
  /** What the answer permits, by header. */
  readonly headers: Readonly<Record<string, string>>;
}

/** 404: no table for the host on this listener, or no route for the request. */
export interface NotFound {
  readonly kind: "notFound";
  readonly status: 404;
  readonly reason: "noHost" | "noRoute";
}

/** A part of a request that Envoy does not accept. */
export type RejectedPart = "method" | "host" | "path" | "header";

/** 400: the request is malformed, before any route is looked for. */
export interface Rejected {
  readonly kind: "rejected";
  readonly status: 400;
  readonly part: RejectedPart;
}

/** The connection fails: nothing listens, no listener has the server name, one side speaks TLS or HTTP and the other does not, or an access policy of the gateway refuses it. */
export interface Refused {
  readonly kind: "refused";
  readonly reason: "noListener" | "serverName" | "needsTls" | "noTls" | "needsHttp" | "denied";
}

/** The question has no one answer. */
export interface Unanswered {
  readonly kind: "unanswered";
  readonly reason: "unknownCluster" | "severalClusters" | "unknownGateway" | "severalGateways" | "notKnownYet";
  /** The clusters or gateways that there are to choose from. */
  readonly candidates: readonly string[];
}
