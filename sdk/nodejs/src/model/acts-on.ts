import type { RoutePolicyKind } from "./policy.js";
import type { Action } from "./route-table.js";

const ALL = ["forward", "redirect", "directResponse"] as const;

/** The actions on whose requests each kind of policy can act: where no request is forwarded, none can fail or be tried again. */
const ACTS_ON: Readonly<Record<RoutePolicyKind, readonly Action["kind"][]>> = {
  CORSPolicy: ALL,
  CSRFPolicy: ALL,
  FaultInjectionPolicy: ["forward"],
  HTTPBufferPolicy: ALL,
  HeaderManipulationPolicy: ALL,
  RateLimitPolicy: ALL,
  RetryTimeoutPolicy: ["forward"],
};

/** Whether a kind of policy can act on the requests of a route with this action. */
export function actsOn(kind: RoutePolicyKind, action: Pick<Action, "kind">): boolean {
  return ACTS_ON[kind].some((each) => each === action.kind);
}
