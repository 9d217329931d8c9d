import { withoutPlaceholders } from "../model/deferred.js";
import { parseJson } from "./parse-json.js";
import { MAX_LEVELS, parseYaml } from "./parse-yaml.js";
import { readTree, type SyntaxProblem } from "./text-tree.js";

/** The value of a text, or the problems that prevent reading it. */
export type ParsedText = { readonly value: unknown } | { readonly problems: readonly SyntaxProblem[] };

/** Limit of values that aliases may add to the written ones. */
const MAX_REPEATED = 100_000;

/** Parses YAML or JSON. Lists and maps that aliases repeat are the same object. */
export function parseText(text: string): ParsedText {
  const quick = parseJson(text);
  if (quick !== undefined) return { value: clean(quick.value, text) };
  if (isEmpty(text)) return { problems: [{ reason: "it is empty", offset: 0, isWhole: true }] };
  try {
    const documents = parseYaml(text);
    const [value] = documents;
    if (documents.length > 1) return { problems: readTree(text).problems };
    const problem = /[*]/.test(text) ? problemOfAliases(value, text) : undefined;
    return problem === undefined ? { value: clean(value, text) } : { problems: [problem] };
  } catch (error) {
    const { problems } = readTree(text);
    return { problems: problems.length > 0 ? problems : [{ reason: String(error), offset: 0 }] };
  }
}

/** Returns true if a text has only blanks, comments and document markers. */
function isEmpty(text: string): boolean {
  return text.split(/\r\n|\n|\r/).every((line) => /^\s*(?:#.*|---\s*|\.\.\.\s*)?$/.test(line));
}

/** Returns the problem with values that aliases repeat, if any. */
function problemOfAliases(value: unknown, text: string): SyntaxProblem | undefined {
  const weights = new Map<object, Weight | undefined>();
  const { values, levels } = weigh(value, 0, weights);
  const written = [...weights.keys()].reduce((sum, each) => sum + Object.keys(each).length, 1);
  const isFull = values - written > MAX_REPEATED;
  if (!isFull && levels <= MAX_LEVELS) return undefined;
  const { aliases } = readTree(text);
  const circle = aliases.find(({ isCircular }) => isCircular);
  if (circle !== undefined) return { reason: "an alias stands inside its own anchor", offset: circle.start };
  let repeated = 0;
  const last = aliases.find((each) => {
    repeated += weigh(each.value, 0, weights).values;
    return repeated > MAX_REPEATED;
  });
  const reason = isFull
    ? `aliases repeat more than ${MAX_REPEATED} values`
    : `it is nested too deep once its aliases are written out, expected at most ${MAX_LEVELS} levels`;
  return { reason, offset: (last ?? aliases.at(-1))?.start ?? 0 };
}

/** The number of values in a value, including itself, and their depth. */
interface Weight {
  readonly values: number;
  readonly levels: number;
}

const ENDLESS: Weight = { values: Number.POSITIVE_INFINITY, levels: Number.POSITIVE_INFINITY };

/** Weighs each list and map once, however often aliases repeat it; one that contains itself is endless. */
function weigh(value: unknown, depth: number, known: Map<object, Weight | undefined>): Weight {
  if (typeof value !== "object" || value === null) return { values: 1, levels: 0 };
  if (known.has(value)) return known.get(value) ?? ENDLESS;
  if (depth > 2 * MAX_LEVELS) return { values: 1, levels: Number.POSITIVE_INFINITY };
  known.set(value, undefined);
  let values = 1;
  let levels = 0;
  for (const item of Object.values(value)) {
    const inside = weigh(item, depth + 1, known);
    values += inside.values;
    levels = Math.max(levels, inside.levels);
  }
  const weight = { values, levels: levels + 1 };
  known.set(value, weight);
  return weight;
}

/** Strips the characters that Meshway uses internally from a value; they may be written literally or escaped. */
function clean(value: unknown, text: string): unknown {
  return /\\[uU]/.test(text) || withoutPlaceholders(text) !== text ? cleaned(value) : value;
}

function cleaned(item: unknown): unknown {
  if (typeof item === "string") return withoutPlaceholders(item);
  if (typeof item !== "object" || item === null) return item;
  if (Array.isArray(item)) return item.map(cleaned);
  return Object.fromEntries(Object.entries(item).map(([key, each]) => [withoutPlaceholders(key), cleaned(each)]));
}
