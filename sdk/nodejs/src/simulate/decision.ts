import type { RoutePolicyKind } from "../kinds/kinds.js";
import type { Locality } from "../model/fleet.js";
import type { PlannedDestinationPolicies } from "../plan/planned-destination-policies.js";
import type { PlannedRoutePolicies } from "../plan/planned-route-policies.js";
import type { Labels, PlannedSubset } from "../plan/planned-target.js";
import type { DelegatedRoute, PlannedExternalPort } from "../plan/types.js";
import type { AccessVerdict } from "./access.js";

/** The outcome of a request. Plain JSON. */
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

/** The route that matched a request, named as in its own table, and the matcher; a catch-all route has none. */
export interface Taken {
  readonly table: string;
  readonly route: string;
  /**
   * The delegating routes that lead to it; the first one is in the gateway's table. Absent for a route of that table.
   */
  readonly through?: DelegatedRoute["through"];
  /** Its index among the matchers that the route combines with the delegating routes'. */
  readonly matcher?: number;
  /** The policies in force, the most specific of each kind; absent if there are none. */
  readonly policies?: PlannedRoutePolicies;
}

/** The request is forwarded to one of the targets. */
export interface Forward extends Taken {
  readonly kind: "forward";
  /** Path and query after the rewrite. */
  readonly path: string;
  /**
   * New values of headers that filters change before the route does, empty for removed ones; absent if there are none.
   */
  readonly changedHeaders?: Readonly<Record<string, readonly string[]>>;
  /** Targets with a share; the choice for a single request is random. */
  readonly targets: readonly Target[];
}

/** The connection is forwarded to one of the targets unchanged, whatever its protocol. */
export interface Passed extends Omit<Taken, "policies"> {
  readonly kind: "passed";
  /** Targets with a share; the choice for a single connection is random. */
  readonly targets: readonly ConnectionTarget[];
}

/** No table of a caller with a sidecar matches: the request or connection goes to its original host. */
export interface Unrouted {
  readonly kind: "unrouted";
  /** The targets that the host resolves to; empty if the plan does not know it. */
  readonly targets: readonly ConnectionTarget[];
}

/** A destination of a connection route. */
export type ConnectionTarget = Omit<Target, "hostHeader">;

/** A destination of a route. */
export interface Target {
  readonly destination: Destination;
  /** Host by which the proxy knows the destination. */
  readonly host: string;
  readonly port: number | string;
  readonly subset?: PlannedSubset;
  /** Percent of the requests; absent while weights are unknown. */
  readonly share?: number;
  /** Host header of the forwarded request. */
  readonly hostHeader: string;
  /** Policies of the destination; absent if it has none. */
  readonly policies?: TargetPolicies;
  /** TLS that callers originate toward an external service; absent if its port sets none. */
  readonly tls?: TargetTls;
  /**
   * The pods' verdict on the caller. Pods that refuse answer 403 or close the connection. Absent if nothing guards
   * them.
   */
  readonly access?: AccessVerdict;
  /** Ordered by preference. */
  readonly endpoints: readonly Endpoint[];
}

/** TLS that callers originate toward a server outside the mesh. */
export type TargetTls = NonNullable<PlannedExternalPort["tls"]>;

/**
 * Caller-side policies for the endpoints: locality preference, load balancing, outlier detection, connection limits and
 * TLS.
 */
export type TargetPolicies = Omit<PlannedDestinationPolicies, "caller" | "near">;

/** A destination as the program names it. */
export type Destination =
  | { readonly kind: "VirtualDestination" | "ExternalService"; readonly name: string }
  | { readonly kind: "Service"; readonly name: string; readonly namespace: string; readonly cluster: string };

/** A place where a destination's requests may end up, as far as the plan knows. */
export type Endpoint = EndpointPlace & {
  /**
   * Requests go to the lowest priority with healthy endpoints, starting at 0; absent if no policy orders endpoints by
   * locality.
   */
  readonly priority?: number;
  /** Percent of the requests that all endpoints of this locality share; absent if no policy distributes them. */
  readonly share?: number;
};

export type EndpointPlace =
  /** Pods that are reached directly; in a flat network, other clusters' pods too. */
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

/** The client is redirected. Without a route, it is the listener's redirect to https. */
export interface Redirect extends Partial<Taken> {
  readonly kind: "redirect";
  readonly status: number;
  /** The complete Location header. */
  readonly location: string;
}

/** The gateway answers directly. */
export interface Direct extends Taken {
  readonly kind: "direct";
  readonly status: number | string;
  /** As the client receives it: none for HEAD, 204 and 304. */
  readonly body?: string;
  /** Envoy adds a Location header to 201 and 3xx. */
  readonly location?: string;
}

/**
 * A policy answers every such request with an error, whatever its route does. If it does so at random, the request
 * counts as forwarded.
 */
export interface Aborted extends Taken {
  readonly kind: "aborted";
  readonly status: number | string;
  /** As the client receives it: none for HEAD. */
  readonly body?: string;
  /** Kind of the policy. */
  readonly by: RoutePolicyKind;
}

/** An access policy of a gateway refuses the request, for every sender that the question allows. */
export interface Denied {
  readonly kind: "denied";
  readonly status: 403;
  /** As the client receives it: none for HEAD. */
  readonly body?: string;
  /** The gateway that lists the policy. */
  readonly gateway: string;
}

/** The gateway answers a CORS preflight request. */
export interface Preflight extends Taken {
  readonly kind: "preflight";
  readonly status: 200;
  /** The permissions in the response, by header. */
  readonly headers: Readonly<Record<string, string>>;
}

/** 404: no table serves the host on this listener, or no route matches the request. */
export interface NotFound {
  readonly kind: "notFound";
  readonly status: 404;
  readonly reason: "noHost" | "noRoute";
}

/** A part of a request that Envoy rejects. */
export type RejectedPart = "method" | "host" | "path" | "header" | "connection" | "upgrade";

/**
 * 400: the request is malformed, so no route is evaluated. 403: a route matches, but the proxy does not switch to the
 * protocol that the client asks for.
 */
export interface Rejected {
  readonly kind: "rejected";
  readonly status: 400 | 403;
  readonly part: RejectedPart;
}

/**
 * The connection fails: nothing listens, no listener has the server name, only one side uses TLS or HTTP, or an access
 * policy of the gateway refuses it.
 */
export interface Refused {
  readonly kind: "refused";
  readonly reason: "noListener" | "serverName" | "needsTls" | "noTls" | "needsHttp" | "denied";
}

/** The question has no single answer. */
export interface Unanswered {
  readonly kind: "unanswered";
  readonly reason: "unknownCluster" | "severalClusters" | "unknownGateway" | "severalGateways" | "notKnownYet";
  /** The clusters or gateways to choose from. */
  readonly candidates: readonly string[];
}
