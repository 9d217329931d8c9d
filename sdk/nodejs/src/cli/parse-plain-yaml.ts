import { FAILSAFE_SCHEMA, load, Type } from "js-yaml";

/**
 * What YAML readers read differently, or needs care: anchors, aliases, tags, merge keys, directives, several documents, tabs, `#` without a
 * blank before it, hyphens, question marks, colons and commas in odd places, and null as a key.
 */
const NOT_PLAIN = [
  /(?:^|[\s[{,:-])[&*!]|<<|^%|^---|^\.\.\.|\t|[^\s]#|-[,[\]{}]/m,
  /(?:^|[\s[{,-])\?(?:[\s,\]}]|$)|[,[{]\s*[:,]|[\]}]\s*:/m,
  // null as a key
  /(?:^|[\s[{,-])(?:~|[Nn]ull|NULL)\s*(?:[:,\]}])/m,
];

/** A line on which a quotation begins or ends without the other end. */
const OPEN_QUOTES = [/^[^"\n]*"(?:[^"\n]*"[^"\n]*")*[^"\n]*$/m, /^[^'\n]*'(?:[^'\n]*'[^'\n]*')*[^'\n]*$/m];

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
    scalar(
      "float",
      (text) => [INTEGER, OCTAL, HEXADECIMAL, FLOAT, NOT_FINITE].some((form) => form.test(text)),
      numberOf,
    ),
  ],
});

/**
 * The value of a YAML text of the plain kind, fast; undefined where it has more than that, or a mistake.
 *
 * The reader that tells places is ten times slower, and large models are asked about again and again.
 */
export function parsePlainYaml(text: string): { readonly value: unknown } | undefined {
  if ([...NOT_PLAIN, ...OPEN_QUOTES].some((form) => form.test(text))) return undefined;
  try {
    const value = load(text, { schema: CORE });
    return value === undefined || value === null ? undefined : { value };
  } catch {
    return undefined;
  }
}
