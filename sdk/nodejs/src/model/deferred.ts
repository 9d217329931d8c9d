/**
 * Placeholders for leaves whose value is not known yet.
 *
 * A program's Outputs travel through parse, check, plan and render as short texts between marks from Unicode's
 * private-use area, which no valid value contains. The resources layer restores the values. Nothing may sort or filter
 * by a deferred value: its position in the result must not depend on it.
 */
declare const brand: unique symbol;

/** Stands for one or more values that are not known yet. */
export type Deferred = string & { readonly [brand]: true };

/** A leaf: a value, or a placeholder for it. Text leaves are plain `string`s and may contain placeholders anywhere. */
export type Leaf<T> = T | Deferred;

const MARK = "\uE0F0";
const PLACEHOLDER = /\uE0F0([\d,]+)\uE0F0/g;

/** Marks an Output whose value must decide nothing even once known; users can't write it, like any placeholder. */
export const UNDECIDED = `${MARK}undecided${MARK}`;

/** Returns the placeholder for the leaves with these numbers. */
export function deferredOf(numbers: readonly number[]): Deferred {
  return `${MARK}${numbers.join(",")}${MARK}` as Deferred;
}

/** True if a value is, or a text contains, a placeholder. */
export function isDeferred(value: unknown): value is Deferred {
  return typeof value === "string" && value.includes(MARK);
}

/** True if a leaf's value is known. */
export function isKnown<T>(value: Leaf<T>): value is Exclude<T, Deferred> & T {
  return !isDeferred(value);
}

/** Returns the numbers of the leaves that a value's placeholders stand for. */
export function deferredNumbers(value: unknown): number[] {
  if (!isDeferred(value)) return [];
  return [...value.matchAll(PLACEHOLDER)].flatMap((match) => (match[1] ?? "").split(",").map(Number));
}

/** Computes a value from known leaves; if one is unknown, returns a placeholder for all of them. */
export function derive<T>(sources: readonly unknown[], compute: () => T): Leaf<T> {
  const numbers = [...new Set(sources.flatMap(deferredNumbers))];
  return numbers.length === 0 ? compute() : deferredOf(numbers);
}

/** Removes characters that could be mistaken for a placeholder. */
export function withoutPlaceholders(text: string): string {
  return text.includes(MARK) ? text.replaceAll(MARK, "\uFFFD") : text;
}
