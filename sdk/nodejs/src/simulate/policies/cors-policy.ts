import type { AppliedPolicy } from "../../plan/planned-route-policies.js";
import { answerPreflight } from "../cors.js";
import type { SimulatedPolicy } from "./simulated-policy.js";
import { describeMatch, shown } from "./wording.js";

export const corsPolicy: SimulatedPolicy<"CORSPolicy"> = {
  describe: describeCors,
  filter: ({ value }, { taken, request }) => {
    const headers = answerPreflight(value, request);
    return headers === undefined ? undefined : { kind: "preflight", ...taken, status: 200, headers };
  },
};

function describeCors({ value: { allowOrigins, allowMethods } }: AppliedPolicy<"CORSPolicy">): string {
  const methods = allowMethods.length === 0 ? "" : ` with ${allowMethods.map(shown).join(", ")}`;
  return `pages of ${allowOrigins.map(describeMatch).join(", ")} may use it${methods}`;
}
