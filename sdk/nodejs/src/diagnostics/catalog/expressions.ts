import { entry } from "../catalog-entry.js";
import { quote } from "../words.js";

/** 0260 and following: regular expressions that Envoy refuses although RE2 reads them. */
export const expressions = {
  MW0260: entry<{ pattern: string; found: string }>({
    name: "expression-beyond-latin-1",
    severity: "error",
    meaning:
      "A regular expression asks for a character beyond Latin-1 by its number; Envoy reads expressions as bytes, and refuses all routes of the port.",
    message: ({ pattern, found }) =>
      `${quote(pattern)} asks for ${quote(found)}, expected numbers up to \`\\x{FF}\`: Envoy compares bytes`,
    help: () => "write the character itself, which stands for its bytes in UTF-8, or the escape of each of these bytes",
  }),
  MW0261: entry<{ pattern: string; size: number; most: number }>({
    name: "expression-too-large",
    severity: "error",
    meaning: "The program of a regular expression may be larger than Istio lets Envoy take.",
    message: ({ pattern, size, most }) =>
      `the program of ${quote(pattern)} has up to ${size} instructions, expected at most ${most}`,
    help: () => "use smaller numbers in its repetitions, or `*` and `+` instead of them",
  }),
};
