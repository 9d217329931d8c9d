import { z } from "zod";
import type { Path } from "../diagnostics/diagnostic.js";
import type { Placed } from "./definition.js";
import { fields, raise } from "./schema.js";

/** A condition on text, such as an origin: an exact value, a prefix, or an RE2 expression that must match all of it. */
export interface TextMatch {
  readonly kind: "exact" | "prefix" | "regex";
  readonly value: string;
}

const KINDS = ["exact", "prefix", "regex"] as const;

/** Returns a schema for an object with exactly one of `exact`, `prefix` and `regex`. */
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

/** Returns the regular expressions among conditions on text. */
export function textPatterns(matches: readonly TextMatch[], path: Path): readonly Placed<string>[] {
  return matches.flatMap(({ kind, value }, index) =>
    kind === "regex" ? [{ value, path: [...path, index, "regex"] }] : [],
  );
}
