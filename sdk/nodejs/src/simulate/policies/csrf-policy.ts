import type { AppliedPolicy } from "../../plan/planned-route-policies.js";
import { isRefusedByCsrf } from "../csrf.js";
import type { SimulatedPolicy } from "./simulated-policy.js";
import { describeMatch, part } from "./wording.js";

export const csrfPolicy: SimulatedPolicy<"CSRFPolicy"> = {
  describe: describeCsrf,
  filter: ({ value }, { taken, request }) =>
    isRefusedByCsrf(value, request)
      ? { kind: "aborted", ...taken, status: 403, body: "Invalid origin", by: "CSRFPolicy" }
      : undefined,
};

function describeCsrf({ value }: AppliedPolicy<"CSRFPolicy">): string {
  const { filterEnabled, percentage, additionalOrigins } = value;
  const does = filterEnabled === true ? "refused" : filterEnabled === false ? "counted" : "refused or counted";
  const sources = ["its own host", ...additionalOrigins.map(describeMatch)].join(" or ");
  return `of ${part(percentage)}, those that modify state and don't come from ${sources} are ${does}`;
}
