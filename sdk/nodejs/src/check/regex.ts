import { RE2JS } from "re2js";

/** What RE2 makes of an expression, or why it refuses it. */
export type Compiled = Accepted | { readonly reason: string };

export interface Accepted {
  /** How many groups it has. */
  readonly groups: number;
  /** Whether it matches the whole of a text. */
  readonly matches: (text: string) => boolean;
}

/** Compiles expressions as RE2 does. */
export type RegexCompiler = (pattern: string) => Compiled;

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
    const matches = (text: string) => {
      const whole = compile(pattern);
      return "matches" in whole && whole.matches(text);
    };
    return { groups: judged.groupCount(), matches };
  };
}

/** An anchor and plain characters; the last one before a quantifier belongs to that. */
const PLAIN_HEAD = /^(\^(?![*+?{]))?([\w/-]+(?![*+?{]))?/;

function compileRegex(pattern: string): RE2JS | { readonly reason: string } {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    return { reason: reasonOf(error instanceof Error ? error.message : String(error)) };
  }
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
