import type { AppliedPolicy } from "../../plan/planned-route-policies.js";
import type { SimulatedPolicy } from "./simulated-policy.js";
import { shown } from "./wording.js";

export const compressionPolicy: SimulatedPolicy<"CompressionPolicy"> = {
  describe: describeCompression,
  // it changes bodies of answers, of which nothing is known
  filter: () => undefined,
};

function describeCompression({
  value: { algorithms, contentTypes, minContentLength },
}: AppliedPolicy<"CompressionPolicy">): string {
  const types = contentTypes === undefined ? "text" : contentTypes.map(shown).join(", ");
  const how = algorithms.map((each) => each.toLowerCase()).join(" or ");
  return `answers of ${types} with at least ${shown(minContentLength)} bytes are compressed with ${how} for clients that take it`;
}
