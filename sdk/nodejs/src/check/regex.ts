import { RE2JS } from "re2js";
import { programSize } from "./program-size.js";

/** What RE2 makes of an expression, or why it refuses it. */
export type CompiledPattern = AcceptedPattern | { readonly reason: string };

export interface AcceptedPattern {
  /** How many groups it has. */
  readonly groups: number;
  /** At most how large its program is in Envoy; undefined where it is too simple to be large. */
  readonly size?: number;
  /** Whether it matches the whole of a text. */
  readonly matches: (text: string) => boolean;
}

/** Compiles expressions as RE2 does. */
export type RegexCompiler = (pattern: string) => CompiledPattern;

/**
 * A compiler that remembers what it has compiled, for all rules of one check.
 *
 * Compiling is dear, and the expressions of many routes differ only in the plain text that they begin with, which RE2 never refuses: so at
 * first only the rest is compiled.
 */
export function regexCompiler(): RegexCompiler {
  const known = new Map<string, RE2JS | { readonly reason: string }>();
  const compile = (pattern: string) => {
    const compiled = known.get(pattern) ?? compileRegex(pattern);
    known.set(pattern, compiled);
    return compiled;
  };
  return (pattern) => {
    const rest = compile(pattern.replace(PLAIN_HEAD, ""));
    // RE2's reason shows the whole expression
    const judged = "reason" in rest ? compile(pattern) : rest;
    if ("reason" in judged) return judged;
    // Istio reads expressions as Go does, by characters; Envoy reads them as bytes
    const bytes = asBytes(pattern);
    const inEnvoy = bytes === pattern ? judged : compile(bytes);
    if ("reason" in inEnvoy) return { reason: `it is read as bytes, and then ${inEnvoy.reason}` };
    if (isQuoteOpen(pattern))
      return { reason: "its `\\Q` is never closed by `\\E`, and would quote what is put around it" };
    const matches = (text: string) => {
      const whole = compile(pattern);
      return "matches" in whole && whole.matches(text);
    };
    const size = COUNTED.test(pattern) ? programSize(bytes) : undefined;
    return { groups: judged.groupCount(), ...(size !== undefined && { size }), matches };
  };
}

/** An anchor and plain characters; the last one before a quantifier belongs to that. */
const PLAIN_HEAD = /^(\^(?![*+?{]))?([\w/-]+(?![*+?{]))?/;

/** A repetition with a number: without one, 1024 bytes of an expression never make a large program. */
const COUNTED = /\{\d/;

function compileRegex(pattern: string): RE2JS | { readonly reason: string } {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    return { reason: reasonOf(error instanceof Error ? error.message : String(error)) };
  }
}

/** The bytes of a text, each as the character of Latin-1 that it is there. */
function asBytes(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/`\(\?[=!]/, "it has a look-ahead"],
  [/`\(\?<[=!]/, "it has a look-behind"],
  [/`\\[1-9k]/, "it has a back-reference"],
  [/`\(\?>/, "it has an atomic group"],
  [/`\([?]R/, "it has a recursion"],
];

function reasonOf(message: string): string {
  const words = WORDS.find(([pattern]) => pattern.test(message));
  return words === undefined ? message.replace(/^error parsing regexp: /, "") : words[1];
}

/** Whether quoted text goes on to the end: expressions are parts of others where tables delegate, and in extractors. */
function isQuoteOpen(pattern: string): boolean {
  if (!pattern.includes("\\Q")) return false;
  return Array.from(pattern.matchAll(/\\(?:Q.*?(\\E|$)|.)/gs)).some(
    ([found, end]) => found.startsWith("\\Q") && end === "",
  );
}

/** An escape of one character by its number, quoted text, or any other escape. */
const ESCAPE = /\\(?:x\{([0-9A-Fa-f]+)\}|([0-7]{3})|Q.*?(?:\\E|$)|.)/gsu;

/** The first escape of a character beyond Latin-1, which Envoy refuses; undefined where there is none. */
export function escapeBeyondLatin1(pattern: string): string | undefined {
  if (!pattern.includes("\\")) return undefined;
  for (const [found, hex, octal] of pattern.matchAll(ESCAPE)) {
    const number = hex !== undefined ? Number.parseInt(hex, 16) : octal !== undefined ? Number.parseInt(octal, 8) : 0;
    if (number > 0xff) return found;
  }
  return undefined;
}
