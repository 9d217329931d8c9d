/**
 * Placeholders for leaves whose value is not known yet.
 *
 * A program's Outputs travel through parse, check, plan and render as short texts between marks from Unicode's private area, which no valid value holds. The
 * resources layer puts the values back. Nothing may sort or filter by a deferred value: its place in the result must not depend on it.
 */
declare const brand: unique symbol;

/** Stands for one or several values that are not known yet. */
export type Deferred = string & { readonly [brand]: true };

/** A leaf: a value, or a placeholder for it. Text leaves are plain `string`s and may hold placeholders anywhere. */
export type Leaf<T> = T | Deferred;

const MARK = "\uE0F0";
const PLACEHOLDER = /\uE0F0([\d,]+)\uE0F0/g;

/** Marks what came as an Output, where its value must decide nothing even when it is known; nobody can write it, as no placeholder. */
export const UNDECIDED = `${MARK}undecided${MARK}`;

/** The placeholder for the leaves with these numbers. */
export function deferredOf(numbers: readonly number[]): Deferred {
  return `${MARK}${numbers.join(",")}${MARK}` as Deferred;
}

/** Whether a value is, or a text holds, a placeholder. */
export function isDeferred(value: unknown): value is Deferred {
  return typeof value === "string" && value.includes(MARK);
}

/** Whether a leaf's value is known. */
export function isKnown<T>(value: Leaf<T>): value is Exclude<T, Deferred> & T {
  return !isDeferred(value);
}

/** The numbers of the leaves that a value's placeholders stand for. */
export function deferredNumbers(value: unknown): number[] {
  if (!isDeferred(value)) return [];
  return [...value.matchAll(PLACEHOLDER)].flatMap((match) => (match[1] ?? "").split(",").map(Number));
}

/** Computes from known leaves; while one of them is not known, the result is a placeholder for all of them. */
export function derive<T>(sources: readonly unknown[], compute: () => T): Leaf<T> {
  const numbers = [...new Set(sources.flatMap(deferredNumbers))];
  return numbers.length === 0 ? compute() : deferredOf(numbers);
}

/** A text without characters that could be taken for a placeholder. */
export function withoutPlaceholders(text: string): string {
  return text.includes(MARK) ? text.replaceAll(MARK, "\uFFFD") : text;
}
