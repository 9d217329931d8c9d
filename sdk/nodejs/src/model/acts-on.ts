import type { RoutePolicyKind } from "../kinds/kinds.js";
import { REGISTRY } from "./registry.js";
import type { Action } from "./route.js";

/**
 * True if a policy can act on the requests of a route with this action. Envoy calls a rate-limit server only for
 * requests that it forwards.
 */
export function actsOn(kind: RoutePolicyKind, policy: object, action: Pick<Action, "kind">): boolean {
  const kinds = kind === "RateLimitPolicy" && "global" in policy ? ["forward"] : REGISTRY[kind].actsOn;
  return kinds.some((each) => each === action.kind);
}
