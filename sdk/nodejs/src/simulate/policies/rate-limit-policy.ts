import type { AppliedPolicy } from "../../plan/planned-route-policies.js";
import type { SimulatedPolicy } from "./simulated-policy.js";
import { describeServer, shown } from "./wording.js";

export const rateLimitPolicy: SimulatedPolicy<"RateLimitPolicy"> = {
  describe: describeLimit,
  // how many requests there were before is not known
  filter: () => undefined,
};

function describeLimit({ value: { local, global }, targets }: AppliedPolicy<"RateLimitPolicy">): string {
  if (local === undefined) {
    const failing =
      global?.denyOnFail === true ? "gets 500" : global?.denyOnFail === false ? "passes" : "passes or not";
    return `asks ${describeServer(targets?.server)} whether ${shown(global?.domain)} takes it, else 429; while that fails a request ${failing}`;
  }
  const { requestsPerUnit, unit, burst } = local;
  const atOnce = burst === requestsPerUnit ? "" : `, ${shown(burst)} at once`;
  return `each proxy takes ${shown(requestsPerUnit)} requests a ${shown(unit).toLowerCase()}${atOnce}, else 429`;
}
