import { RE2JS } from "re2js";
import { programSize } from "./program-size.js";

/** An expression as RE2 compiles it, or the reason why RE2 rejects it. */
export type CompiledPattern = AcceptedPattern | { readonly reason: string };

export interface AcceptedPattern {
  /** The number of capture groups. */
  readonly groups: number;
  /** The maximum size of its program in Envoy; undefined if it is too simple to be large. */
  readonly size?: number;
  /** Returns true if the expression matches the whole text. */
  readonly matches: (text: string) => boolean;
}

/** Compiles expressions the way RE2 does. */
export type RegexCompiler = (pattern: string) => CompiledPattern;

/**
 * Returns a compiler that caches compiled expressions for all rules of one check.
 *
 * Compiling is expensive, and the expressions of many routes differ only in their literal prefix, which RE2 never
 * rejects: only the rest is compiled at first.
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
    // RE2's reason should quote the whole expression
    const judged = "reason" in rest ? compile(pattern) : rest;
    if ("reason" in judged) return judged;
    // Istio reads expressions as characters, like Go; Envoy reads them as bytes
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

/** An anchor and plain characters; a quantifier applies to the last character, which is left out. */
const PLAIN_HEAD = /^(\^(?![*+?{]))?([\w/-]+(?![*+?{]))?/;

/** A counted repetition: without one, 1024 bytes of an expression never compile to a large program. */
const COUNTED = /\{\d/;

function compileRegex(pattern: string): RE2JS | { readonly reason: string } {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    return { reason: reasonOf(error instanceof Error ? error.message : String(error)) };
  }
}

/** Returns the UTF-8 bytes of a text, each as a Latin-1 character. */
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

/** True if quoted text runs to the end: delegation and extractors embed expressions in others. */
function isQuoteOpen(pattern: string): boolean {
  if (!pattern.includes("\\Q")) return false;
  return Array.from(pattern.matchAll(/\\(?:Q.*?(\\E|$)|.)/gs)).some(
    ([found, end]) => found.startsWith("\\Q") && end === "",
  );
}

/** An escape of one character by its code, quoted text, or any other escape. */
const ESCAPE = /\\(?:x\{([0-9A-Fa-f]+)\}|([0-7]{3})|Q.*?(?:\\E|$)|.)/gsu;

/** Returns the first escape of a character beyond Latin-1, which Envoy rejects; undefined if there is none. */
export function escapeBeyondLatin1(pattern: string): string | undefined {
  if (!pattern.includes("\\")) return undefined;
  for (const [found, hex, octal] of pattern.matchAll(ESCAPE)) {
    const number = hex !== undefined ? Number.parseInt(hex, 16) : octal !== undefined ? Number.parseInt(octal, 8) : 0;
    if (number > 0xff) return found;
  }
  return undefined;
}
