import type { AppliedPolicy } from "../../plan/planned-route-policies.js";
import type { SimulatedPolicy } from "./simulated-policy.js";
import { shown } from "./wording.js";

export const httpBufferPolicy: SimulatedPolicy<"HTTPBufferPolicy"> = {
  describe: describeBuffer,
  // simulated requests have no body
  filter: () => undefined,
};

function describeBuffer({ value: { maxRequestBytes } }: AppliedPolicy<"HTTPBufferPolicy">): string {
  return `bodies of at most ${shown(maxRequestBytes)} bytes, else 413; upgrades are never answered`;
}
