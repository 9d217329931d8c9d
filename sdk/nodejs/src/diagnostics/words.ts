import { distance } from "fastest-levenshtein";

/** Puts a name into backticks, with line breaks and control characters made visible, cut at 80 characters. */
export function quote(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  const visible = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  return `\`${visible.length > 80 ? `${visible.slice(0, 77)}...` : visible}\``;
}

/** Joins names for a sentence: `` `a`, `b` and `c` ``; says "none" for an empty list. */
export function list(values: readonly unknown[], word: "and" | "or" = "and"): string {
  const quoted = values.slice(0, 12).map(quote);
  if (values.length > 12) quoted.push(`${values.length - 12} more`);
  if (quoted.length === 0) return "none";
  if (quoted.length === 1) return quoted[0] ?? "none";
  return `${quoted.slice(0, -1).join(", ")} ${word} ${quoted.at(-1)}`;
}

/** The names nearest to `name`, at most three, by edit distance; none that is too far to be a typing error. */
export function nearest(name: string, known: readonly string[]): string[] {
  const limit = Math.max(2, Math.floor(name.length / 3));
  return known
    .map((candidate) => ({ candidate, far: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ far }) => far <= limit)
    .sort((a, b) => a.far - b.far || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** "did you mean ...?", or else what is known. */
export function suggest(found: string, known: readonly string[], what: string): string {
  const near = nearest(found, known);
  if (near.length > 0) return `did you mean ${list(near, "or")}?`;
  return known.length > 0 ? `${what}: ${list([...known].sort())}` : `there are no ${what.toLowerCase()}`;
}
