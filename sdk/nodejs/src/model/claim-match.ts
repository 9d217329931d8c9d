import type { z } from "zod";
import { derive, isDeferred } from "./deferred.js";
import { literalExpression } from "./literal-expression.js";
import { fields, type RefinementContext, raise, someOf, text } from "./schema.js";

/** The name of a claim; with a delimiter, the names that lead to it through objects. */
export interface ClaimName {
  readonly key: string;
  readonly nestedClaimDelimiter?: string;
}

/** A claim that a verified token must have, with one of these values. */
export interface ClaimMatcher extends ClaimName {
  readonly values: readonly string[];
}

/** The names of a claim, from the outermost object inward. */
export function claimPath({ key, nestedClaimDelimiter: delimiter }: ClaimName): readonly string[] {
  return delimiter === undefined ? [key] : key.split(delimiter);
}

/** The name of a claim for people, and for telling claims apart. */
export function claimText(name: ClaimName): string {
  return derive([name.key, name.nestedClaimDelimiter], () => claimPath(name).join("."));
}

/** Rejects a name with an empty part. */
export function refuseEmptyParts(
  { key, nestedClaimDelimiter: delimiter }: ClaimName,
  context: RefinementContext,
): void {
  if (delimiter === undefined || isDeferred(key) || isDeferred(delimiter) || !key.split(delimiter).includes("")) return;
  const expected = "names of claims between the delimiters";
  raise(context, "MW0110", { found: key, expected, example: `address${delimiter}country` }, ["key"]);
}

/** Istio compares several values by one expression, and takes none that is longer. */
const MOST_CHARACTERS = 1024;

/** The expression that matches these values and nothing else. */
export function anyOfValues(values: readonly string[]): string {
  return derive(values, () => values.map(literalExpression).join("|"));
}

const notEmpty = text((value, context) => {
  if (value === "") raise(context, "MW0104", { found: 0, minimum: 1, unit: "characters" });
});

const key = text((value, context) => {
  // Istio has brackets around each name
  if (value === "" || /[[\]]/.test(value))
    raise(context, "MW0110", { found: value, expected: "the name of a claim, without brackets", example: "tier" });
});

export const claimSchema: z.ZodType<ClaimMatcher> = fields({
  key,
  values: someOf(notEmpty),
  nestedClaimDelimiter: notEmpty.optional(),
}).transform(({ key, values, nestedClaimDelimiter }, context): ClaimMatcher => {
  const claim = { key, values, ...(nestedClaimDelimiter !== undefined && { nestedClaimDelimiter }) };
  refuseEmptyParts(claim, context);
  const found = anyOfValues(values).length;
  if (!values.some(isDeferred) && found > MOST_CHARACTERS)
    raise(context, "MW0104", { found, maximum: MOST_CHARACTERS, unit: "characters in all values" }, ["values"]);
  return claim;
});
