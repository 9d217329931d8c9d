import { withoutPlaceholders } from "../model/deferred.js";
import { parseJson } from "./parse-json.js";
import { MOST_LEVELS, parseYaml } from "./parse-yaml.js";
import { readTree, type SyntaxProblem } from "./text-tree.js";

/** The value of a text, or what keeps it from being read. */
export type ParsedText = { readonly value: unknown } | { readonly problems: readonly SyntaxProblem[] };

/** How many values aliases may add to those that are written. */
const MOST_REPEATED = 100_000;

/** Reads a text of YAML or JSON. Lists and maps that aliases repeat are one object. */
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

/** Whether a text holds nothing but blanks, comments and marks of documents. */
function isEmpty(text: string): boolean {
  return text.split(/\r\n|\n|\r/).every((line) => /^\s*(?:#.*|---\s*|\.\.\.\s*)?$/.test(line));
}

/** What is wrong with what aliases repeat. */
function problemOfAliases(value: unknown, text: string): SyntaxProblem | undefined {
  const weights = new Map<object, Weight | undefined>();
  const { values, levels } = weigh(value, 0, weights);
  const written = [...weights.keys()].reduce((sum, each) => sum + Object.keys(each).length, 1);
  const isFull = values - written > MOST_REPEATED;
  if (!isFull && levels <= MOST_LEVELS) return undefined;
  const { aliases } = readTree(text);
  const circle = aliases.find(({ isCircle }) => isCircle);
  if (circle !== undefined) return { reason: "an alias stands inside its own anchor", offset: circle.start };
  let repeated = 0;
  const last = aliases.find((each) => {
    repeated += weigh(each.value, 0, weights).values;
    return repeated > MOST_REPEATED;
  });
  const reason = isFull
    ? `aliases repeat more than ${MOST_REPEATED} values`
    : `it is nested too deep once its aliases are written out, expected at most ${MOST_LEVELS} levels`;
  return { reason, offset: (last ?? aliases.at(-1))?.start ?? 0 };
}

/** How many values lie in one, itself included, and how deep they lie. */
interface Weight {
  readonly values: number;
  readonly levels: number;
}

const ENDLESS: Weight = { values: Number.POSITIVE_INFINITY, levels: Number.POSITIVE_INFINITY };

/** Weighs each list and map once, however often aliases repeat it; one that lies inside itself is endless. */
function weigh(value: unknown, depth: number, known: Map<object, Weight | undefined>): Weight {
  if (typeof value !== "object" || value === null) return { values: 1, levels: 0 };
  if (known.has(value)) return known.get(value) ?? ENDLESS;
  if (depth > 2 * MOST_LEVELS) return { values: 1, levels: Number.POSITIVE_INFINITY };
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

/** A value without characters that Meshway uses itself, which may be written as they are or escaped. */
function clean(value: unknown, text: string): unknown {
  return /\\[uU]/.test(text) || withoutPlaceholders(text) !== text ? cleaned(value) : value;
}

function cleaned(item: unknown): unknown {
  if (typeof item === "string") return withoutPlaceholders(item);
  if (typeof item !== "object" || item === null) return item;
  if (Array.isArray(item)) return item.map(cleaned);
  return Object.fromEntries(Object.entries(item).map(([key, each]) => [withoutPlaceholders(key), cleaned(each)]));
}
