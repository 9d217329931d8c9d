import { MAX_LEVELS } from "./parse-yaml.js";

/**
 * Parses JSON text, fast; undefined if it is not valid, has a duplicate key in one object, or is nested too deep.
 *
 * YAML parsers accept JSON too, and report places, but are much slower.
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

/** Returns the number of keys in all objects; NaN if they are nested too deep. */
function keysIn(value: unknown, level: number): number {
  if (typeof value !== "object" || value === null) return 0;
  if (level >= MAX_LEVELS) return Number.NaN;
  const items: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  return items.reduce<number>((sum, item) => sum + keysIn(item, level + 1), Array.isArray(value) ? 0 : items.length);
}

/** Returns the number of colons outside of strings: one per written key. */
function colonsIn(text: string): number {
  let colons = 0;
  for (const [found] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|:/g)) if (found === ":") colons += 1;
  return colons;
}
