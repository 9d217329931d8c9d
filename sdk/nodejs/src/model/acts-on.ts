import type { RoutePolicyKind } from "./policy.js";
import type { Action } from "./route-table.js";

const ALL = ["forward", "redirect", "directResponse"] as const;

/**
 * The actions on whose requests each kind of policy can act.
 *
 * Where no request is forwarded, none can fail or be tried again, and Envoy's CORS filter looks at routes that forward only (found with Envoy 1.40).
 */
const ACTS_ON: Readonly<Record<RoutePolicyKind, readonly Action["kind"][]>> = {
  CORSPolicy: ["forward"],
  CSRFPolicy: ALL,
  ExtAuthPolicy: ALL,
  FaultInjectionPolicy: ["forward"],
  HTTPBufferPolicy: ALL,
  HeaderManipulationPolicy: ALL,
  JWTPolicy: ALL,
  MirrorPolicy: ["forward"],
  RateLimitPolicy: ALL,
  RetryTimeoutPolicy: ["forward"],
  TransformationPolicy: ALL,
};

/** Whether a policy can act on the requests of a route with this action. Envoy asks a rate-limit server about requests that it forwards only. */
export function actsOn(kind: RoutePolicyKind, policy: object, action: Pick<Action, "kind">): boolean {
  const kinds = kind === "RateLimitPolicy" && "global" in policy ? ["forward"] : ACTS_ON[kind];
  return kinds.some((each) => each === action.kind);
}
