import { type EventType, FAILSAFE_SCHEMA, loadAll, type State, Type } from "js-yaml";

/** Scalars of YAML 1.2's core schema, matched by the same expressions as in the `yaml` package. */
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

/** Limit of nested lists and maps; models need about a dozen levels. */
export const MAX_LEVELS = 100;

/** Limit of keys that merge keys may repeat. */
const MAX_MERGED = 100_000;

/**
 * Returns the documents of a YAML text. Throws js-yaml's exception for malformed text, and for duplicate keys unless
 * `lenient`.
 *
 * `listener` is called when a node starts and ends.
 */
export function parseYaml(
  text: string,
  { lenient = false, listener }: { readonly lenient?: boolean; readonly listener?: YamlListener } = {},
): readonly unknown[] {
  const options = { schema: CORE, json: lenient, maxDepth: MAX_LEVELS, maxTotalMergeKeys: MAX_MERGED };
  return loadAll(text, null, { ...options, ...(listener && { listener }) });
}

export type YamlListener = (event: EventType, state: State) => void;
