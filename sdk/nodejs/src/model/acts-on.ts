import type { RoutePolicyKind } from "../kinds/kinds.js";
import { REGISTRY } from "./registry.js";
import type { Action } from "./route.js";

/** Whether a policy can act on the requests of a route with this action. Envoy asks a rate-limit server about requests that it forwards only. */
export function actsOn(kind: RoutePolicyKind, policy: object, action: Pick<Action, "kind">): boolean {
  const kinds = kind === "RateLimitPolicy" && "global" in policy ? ["forward"] : REGISTRY[kind].actsOn;
  return kinds.some((each) => each === action.kind);
}
