import type { AppliedPolicy } from "../../plan/planned-route-policies.js";
import type { SimulatedPolicy } from "./simulated-policy.js";
import { shown } from "./wording.js";

export const compressionPolicy: SimulatedPolicy<"CompressionPolicy"> = {
  describe: describeCompression,
  // of the bodies of answers nothing is known
  filter: ({ value }, { headers }) => {
    if (value.removeAcceptEncodingHeader === true) headers.remove("accept-encoding");
    return undefined;
  },
};

function describeCompression({
  value: { algorithms, contentTypes, minContentLength },
}: AppliedPolicy<"CompressionPolicy">): string {
  const types = contentTypes === undefined ? "text" : contentTypes.map(shown).join(", ");
  const how = algorithms.map((each) => each.toLowerCase()).join(" or ");
  return `answers of ${types} with at least ${shown(minContentLength)} bytes are compressed with ${how} for clients that take it`;
}
