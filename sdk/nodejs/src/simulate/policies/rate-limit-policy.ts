import type { AppliedPolicy } from "../../plan/planned-route-policies.js";
import type { SimulatedPolicy } from "./simulated-policy.js";
import { describeServer, shown } from "./wording.js";

export const rateLimitPolicy: SimulatedPolicy<"RateLimitPolicy"> = {
  describe: describeLimit,
  // the number of earlier requests is unknown
  filter: () => undefined,
};

function describeLimit({ value: { local, global }, targets }: AppliedPolicy<"RateLimitPolicy">): string {
  if (local === undefined) {
    const failing =
      global?.denyOnFail === true ? "gets 500" : global?.denyOnFail === false ? "passes" : "passes or not";
    const server = describeServer(targets?.server);
    const domain = shown(global?.domain);
    return `asks ${server} whether domain ${domain} allows it, else 429; if that fails a request ${failing}`;
  }
  const { requestsPerUnit, unit, burst } = local;
  const atOnce = burst === requestsPerUnit ? "" : `, ${shown(burst)} at once`;
  return `each proxy takes ${shown(requestsPerUnit)} requests a ${shown(unit).toLowerCase()}${atOnce}, else 429`;
}
