import { entry } from "../catalog-entry.js";
import { quote } from "../words.js";

/** 0260 and 0261: regular expressions that RE2 compiles but Envoy rejects. */
export const expressions = {
  MW0260: entry<{ pattern: string; found: string }>({
    name: "expression-beyond-latin-1",
    severity: "error",
    meaning:
      "A regular expression escapes a character beyond Latin-1 by its code point; Envoy reads expressions as bytes, " +
      "and rejects all routes of the port.",
    message: ({ pattern, found }) =>
      `${quote(pattern)} has the escape ${quote(found)}, expected at most \`\\x{FF}\`: Envoy compares bytes`,
    help: () => "write the character itself, which stands for its UTF-8 bytes, or escape each of these bytes",
  }),
  MW0261: entry<{ pattern: string; size: number; most: number }>({
    name: "expression-too-large",
    severity: "error",
    meaning: "The compiled program of a regular expression may be larger than Istio lets Envoy accept.",
    message: ({ pattern, size, most }) =>
      `the compiled program of ${quote(pattern)} has up to ${size} instructions, expected at most ${most}`,
    help: () => "use smaller repetition counts, or `*` and `+` instead of them",
  }),
};
