import { type EventType, FAILSAFE_SCHEMA, loadAll, type State, Type } from "js-yaml";

/** Scalars of YAML 1.2's core schema, by the same expressions as the package `yaml` has. */
const NULL = /^(?:~|[Nn]ull|NULL)?$/;
const BOOL = /^(?:[Tt]rue|TRUE|[Ff]alse|FALSE)$/;
const OCTAL = /^0o[0-7]+$/;
const HEXADECIMAL = /^0x[0-9a-fA-F]+$/;
const INTEGER = /^[-+]?[0-9]+$/;
const NOT_FINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

function scalar(tag: string, fits: (text: string) => boolean, value: (text: string) => unknown): Type {
  return new Type(`tag:yaml.org,2002:${tag}`, {
    kind: "scalar",
    resolve: (text: string | null) => fits(text ?? ""),
    construct: (text: string | null) => value(text ?? ""),
  });
}

function numberOf(text: string): number {
  if (!NOT_FINITE.test(text)) return Number(text.replace(/^\+/, ""));
  if (/nan/i.test(text)) return Number.NaN;
  return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

const CORE = FAILSAFE_SCHEMA.extend({
  implicit: [
    scalar(
      "null",
      (text) => NULL.test(text),
      () => null,
    ),
    scalar(
      "bool",
      (text) => BOOL.test(text),
      (text) => /^t/i.test(text),
    ),
    scalar("int", (text) => [INTEGER, OCTAL, HEXADECIMAL].some((form) => form.test(text)), numberOf),
    scalar("float", (text) => [FLOAT, NOT_FINITE].some((form) => form.test(text)), numberOf),
    new Type("tag:yaml.org,2002:merge", { kind: "scalar", resolve: (text: string | null) => text === "<<" }),
  ],
});

/** How deep lists and maps may lie in each other; models need about a dozen levels. */
export const MOST_LEVELS = 100;

/** How many keys merge keys may repeat. */
const MOST_MERGED = 100_000;

/**
 * The documents of a YAML text. Throws js-yaml's exception at a mistake, also at a key that is written twice unless `lenient`.
 *
 * `listener` is told of each node when it begins and ends.
 */
export function parseYaml(
  text: string,
  { lenient = false, listener }: { readonly lenient?: boolean; readonly listener?: YamlListener } = {},
): readonly unknown[] {
  const options = { schema: CORE, json: lenient, maxDepth: MOST_LEVELS, maxTotalMergeKeys: MOST_MERGED };
  return loadAll(text, null, { ...options, ...(listener && { listener }) });
}

export type YamlListener = (event: EventType, state: State) => void;
