/** Building blocks of generated texts. */
import fc from "fast-check";

/** A text joined from a few pieces, or one of the whole texts unchanged. */
export function made(pieces: readonly string[], whole: readonly string[], most = 4): fc.Arbitrary<string> {
  return fc.oneof(
    { arbitrary: fc.constantFrom(...whole), weight: 2 },
    {
      arbitrary: fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: most }).map((all) => all.join("")),
      weight: 3,
    },
  );
}

/** Adds long texts, few of them to keep runs short. */
export function sometimesLong(usual: fc.Arbitrary<string>, long: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof({ arbitrary: usual, weight: 60 }, { arbitrary: fc.constantFrom(...long), weight: 1 });
}

export const UNICODE = ["é", "Ā", "€", "😀", "\u0080", "\u00ff", "\u2028", "\u00a0", "\ufeff", "ſ", "K"];
export const CONTROLS = ["\0", "\u0001", "\t", "\n", "\r", "\u001f", "\u007f"];
export const BLANKS = ["", " ", "  ", " a", "a "];
