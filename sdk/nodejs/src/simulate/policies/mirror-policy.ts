import type { AppliedPolicy } from "../../plan/planned-route-policies.js";
import type { SimulatedPolicy } from "./simulated-policy.js";
import { describeServer, part } from "./wording.js";

export const mirrorPolicy: SimulatedPolicy<"MirrorPolicy"> = {
  describe: describeMirror,
};

function describeMirror({ value: { percentage }, targets }: AppliedPolicy<"MirrorPolicy">): string {
  return `${part(percentage)} are copied to ${describeServer(targets?.server)}`;
}
