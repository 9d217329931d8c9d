import { z } from "zod";
import type { Path } from "../diagnostics/diagnostic.js";
import type { Placed } from "./definition.js";
import { fields, raise } from "./schema.js";

/** How a text, such as an origin, is compared: as a whole, by its beginning, or with an RE2 expression that all of it must match. */
export interface TextMatch {
  readonly kind: "exact" | "prefix" | "regex";
  readonly value: string;
}

const KINDS = ["exact", "prefix", "regex"] as const;

/** An object with exactly one of `exact`, `prefix` and `regex`. */
export function textMatch(
  shape: Readonly<Record<TextMatch["kind"], z.ZodType<string | undefined>>>,
): z.ZodType<TextMatch> {
  return fields(shape).transform((args, context): TextMatch => {
    const found = KINDS.filter((kind) => args[kind] !== undefined);
    const [kind] = found;
    if (found.length !== 1 || kind === undefined) {
      raise(context, "MW0106", { found, allowed: KINDS, atMost: false });
      return z.NEVER;
    }
    return { kind, value: args[kind] ?? "" };
  });
}

/** The regular expressions among texts that are compared. */
export function textPatterns(matches: readonly TextMatch[], path: Path): readonly Placed<string>[] {
  return matches.flatMap(({ kind, value }, index) =>
    kind === "regex" ? [{ value, path: [...path, index, "regex"] }] : [],
  );
}
