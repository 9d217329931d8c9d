import { MOST_LEVELS } from "./parse-yaml.js";

/**
 * The value of a JSON text, fast; undefined where it is none, has a key twice in one object, or is nested too deep.
 *
 * Readers of YAML take JSON too, with places in what they say of it, but much slower.
 */
export function parseJson(text: string): { readonly value: unknown } | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return keysIn(value, 0) === colonsIn(text) ? { value } : undefined;
  } catch {
    return undefined;
  }
}

/** How many keys all objects have together; none of a number's kind where they are nested too deep. */
function keysIn(value: unknown, level: number): number {
  if (typeof value !== "object" || value === null) return 0;
  if (level >= MOST_LEVELS) return Number.NaN;
  const items: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  return items.reduce<number>((sum, item) => sum + keysIn(item, level + 1), Array.isArray(value) ? 0 : items.length);
}

/** How many colons stand outside of strings: one for each key that is written. */
function colonsIn(text: string): number {
  let colons = 0;
  for (const [found] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|:/g)) if (found === ":") colons += 1;
  return colons;
}
