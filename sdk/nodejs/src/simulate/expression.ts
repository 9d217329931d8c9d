import { RE2JS } from "re2js";

/** A compiled RE2 expression. */
export interface Expression {
  /** Reports whether it matches the whole text. */
  matches(text: string): boolean;
  /** Replaces every match; `\0` to `\9` refer to groups. */
  replaceAll(text: string, substitution: string): string;
}

const known = new Map<string, Expression>();

/** Maximum number of cached expressions. */
const MOST = 10_000;

/** Compiles an expression as RE2 does, once. An expression that RE2 rejects, which checks report, matches nothing. */
export function compileExpression(pattern: string): Expression {
  const found = known.get(pattern);
  if (found !== undefined) return found;
  if (known.size >= MOST) known.clear();
  const compiled = compile(pattern);
  known.set(pattern, compiled);
  return compiled;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
const ASCII = /^[\u0000-\u007f]*$/;

/**
 * Returns a text with one character for each of its bytes: Envoy's RE2 sees bytes only, and `.` matches half an `é`
 * (RE2::Latin1).
 */
function asBytes(text: string): string {
  return ASCII.test(text) ? text : Buffer.from(text, "utf8").toString("latin1");
}

function compile(pattern: string): Expression {
  try {
    const regex = RE2JS.compile(asBytes(pattern));
    return {
      matches: (text) => regex.matches(asBytes(text)),
      replaceAll: (text, substitution) => replaceAll(regex, text, substitution),
    };
  } catch {
    return { matches: () => false, replaceAll: (text) => text };
  }
}

/**
 * RE2::GlobalReplace (re2/re2.cc), which Envoy's regex rewrite calls; an empty match at the end of the previous match
 * is skipped.
 */
function replaceAll(regex: RE2JS, text: string, substitution: string): string {
  const matcher = regex.matcher(text);
  const groups = regex.groupCount();
  let result = "";
  let position = 0;
  let lastEnd = -1;
  while (position <= text.length && matcher.find(position)) {
    const start = matcher.start();
    const end = matcher.end();
    result += text.slice(position, start);
    if (start === lastEnd && start === end) {
      result += text.slice(start, start + 1);
      position = start + 1;
      continue;
    }
    result += substitution.replace(/\\([0-9\\])/g, (_, escaped: string) =>
      escaped === "\\" ? "\\" : Number(escaped) <= groups ? (matcher.group(Number(escaped)) ?? "") : "",
    );
    position = end;
    lastEnd = end;
  }
  return result + text.slice(position);
}
