import type { PlannedListenerPolicies } from "../plan/listener-policies.js";
import type { DelegatedRoute } from "../plan/types.js";
import type { ListenerVerdict } from "./access.js";
import type { Caller } from "./request.js";

/** How a decision came about. Plain JSON. */
export interface Trace {
  /** The pod with a sidecar that asks. */
  readonly sidecar?: Caller;
  readonly gateway?: { readonly name: string; readonly namespace: string };
  readonly listener?: {
    readonly port: number;
    readonly boundPort: number;
    readonly protocol: string;
    readonly hosts: readonly string[];
    /** Those of all gateways that share the port; absent where there are none. */
    readonly policies?: PlannedListenerPolicies;
    /** What the access policies of these gateways say of the request; absent where there are none. */
    readonly access?: readonly ListenerVerdict[];
  };
  /** The server name that was asked for over TLS. */
  readonly serverName?: string;
  readonly host?: {
    readonly asked: string;
    /** The host of a table or listener that took the request; absent where none did. */
    readonly chosen?: string;
  };
  /** The path as it is matched, where that is not the path that was sent. */
  readonly path?: string;
  readonly tables: readonly string[];
  /** Every route that was tried, in order; the last one took the request, if any did. */
  readonly routes: readonly RouteVerdict[];
}

/** Whether a route took the request. */
export interface RouteVerdict {
  readonly table: string;
  readonly route: string;
  /** The delegating routes that lead to it; absent for a route of the gateway's table. */
  readonly through?: DelegatedRoute["through"];
  readonly took: boolean;
  /** Matchers that were tried; none for a route that takes every request. */
  readonly matchers: readonly MatcherVerdict[];
}

/** Whether a matcher took the request; if not, the first condition that failed. */
export interface MatcherVerdict {
  readonly matcher: number;
  readonly took: boolean;
  readonly failed?: FailedCondition;
}

/** A condition that did not hold. */
export interface FailedCondition {
  readonly on: "path" | "header" | "query" | "method" | "port";
  /** Name of the header or parameter. */
  readonly name?: string;
  readonly wanted: Wanted;
  /** What the request has: all values of a header. Empty where it has none. */
  readonly found: readonly string[];
}

/** What a condition asks for. */
export interface Wanted {
  readonly how: "exact" | "prefix" | "regex" | "present";
  readonly value?: string;
  readonly ignoreCase?: boolean;
  /** The condition holds where the comparison does not. */
  readonly invert?: boolean;
}
