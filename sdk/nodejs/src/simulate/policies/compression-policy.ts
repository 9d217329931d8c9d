import type { AppliedPolicy } from "../../plan/planned-route-policies.js";
import type { SimulatedPolicy } from "./simulated-policy.js";
import { shown } from "./wording.js";

export const compressionPolicy: SimulatedPolicy<"CompressionPolicy"> = {
  describe: describeCompression,
  // response bodies are unknown
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
  const size = shown(minContentLength);
  return `responses of type ${types} with at least ${size} bytes are compressed with ${how} for clients that accept it`;
}
