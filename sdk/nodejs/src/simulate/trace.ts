import type { PlannedListenerPolicies } from "../plan/listener-policies.js";
import type { DelegatedRoute } from "../plan/types.js";
import type { ListenerVerdict } from "./access.js";
import type { Caller } from "./request.js";

/** The explanation of a decision. Plain JSON. */
export interface Trace {
  /** The calling pod with a sidecar. */
  readonly sidecar?: Caller;
  readonly gateway?: { readonly name: string; readonly namespace: string };
  readonly listener?: {
    readonly port: number;
    readonly boundPort: number;
    readonly protocol: string;
    readonly hosts: readonly string[];
    /** Policies of all gateways that share the port; absent if there are none. */
    readonly policies?: PlannedListenerPolicies;
    /** Verdicts of these gateways' access policies on the request; absent if there are none. */
    readonly access?: readonly ListenerVerdict[];
  };
  /** The server name (SNI) sent over TLS. */
  readonly serverName?: string;
  readonly host?: {
    readonly asked: string;
    /** The host of a table or listener that matched the request; absent if none did. */
    readonly chosen?: string;
  };
  /** The path used for matching, if it differs from the path sent. */
  readonly path?: string;
  readonly tables: readonly string[];
  /** Every route that was evaluated, in order; the last one matched the request, if any did. */
  readonly routes: readonly RouteVerdict[];
}

/** The outcome of evaluating a route. */
export interface RouteVerdict {
  readonly table: string;
  readonly route: string;
  /** The delegating routes that lead to it; absent for a route of the gateway's table. */
  readonly through?: DelegatedRoute["through"];
  readonly took: boolean;
  /** Matchers that were evaluated; empty for a catch-all route. */
  readonly matchers: readonly MatcherVerdict[];
}

/** The outcome of evaluating a matcher, with the first condition that failed. */
export interface MatcherVerdict {
  readonly matcher: number;
  readonly took: boolean;
  readonly failed?: FailedCondition;
}

/** A condition that does not hold. */
export interface FailedCondition {
  readonly on: "path" | "header" | "query" | "claim" | "method" | "port";
  /** Name of the header or parameter. */
  readonly name?: string;
  readonly wanted: Wanted;
  /** The values in the request, for a header all of them. Empty if it has none. */
  readonly found: readonly string[];
}

/** The comparison that a condition makes. */
export interface Wanted {
  readonly how: "exact" | "prefix" | "regex" | "present";
  readonly value?: string;
  readonly ignoreCase?: boolean;
  /** Inverts the comparison. */
  readonly invert?: boolean;
}
