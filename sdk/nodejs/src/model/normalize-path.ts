/**
 * Normalizes a path as Envoy does before route matching; undefined if Envoy rejects it.
 *
 * Istio's default is `normalize_path` without merging slashes, escaped slashes kept. Follows Envoy 1.40,
 * source/common/http/path_utility.cc with googleurl's `CanonicalizePath` (url/url_canon_path.cc), and is tested against
 * a real Envoy.
 */
export function normalizePath(path: string): string | undefined {
  if (!NEEDS_WORK.test(path)) return path;
  if (path.includes("%00")) return undefined;
  const plain = withNormalizedEscapes(path.replace(DOT_PARAMETERS, "/$1"));
  return plain.includes("/.") ? withoutDots(plain) : plain;
}

/** Anything that may change: escapes, backslashes, characters to escape, and segments that start with a dot. */
const NEEDS_WORK = /[%\\"<>^`{|}]|\/\./;

/** Parameters of a dot segment are dropped, up to the next slash; those of other segments stay. */
const DOT_PARAMETERS = /\/(\.\.?);[^/]*(?=\/|$)/g;

/** Characters that are not copied verbatim. */
const SPECIAL = /[%\\"<>^`{|}]/;

const ESCAPE = /^%[0-9A-Fa-f]{2}$/;

const UNRESERVED = /[-0-9A-Za-z._~]/;

/**
 * Decodes escapes of letters, digits and `-._~`, turns backslashes into slashes, and escapes what a path may not
 * contain.
 */
function withNormalizedEscapes(path: string): string {
  if (!SPECIAL.test(path)) return path;
  let result = "";
  // index in the result of the last percent sign that starts no escape
  let loose = -1;
  for (let at = 0; at < path.length; at++) {
    const character = path.charAt(at);
    const escaped = character === "%" ? path.slice(at, at + 3) : "";
    if (ESCAPE.test(escaped)) {
      const meant = String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
      const isUndone = UNRESERVED.test(meant);
      result += isUndone ? meant : escaped;
      at += 2;
      if (isUndone && loose >= 0 && loose >= result.length - 3) result = withoutNewEscape(result, loose, path[at + 1]);
    } else if (character === "%") {
      loose = result.length;
      result += character;
    } else result += rewritten(character);
  }
  return result;
}

/** Escapes a loose percent sign if the characters decoded after it would form a new escape with it. */
function withoutNewEscape(text: string, loose: number, next = ""): string {
  const behind = text.slice(loose + 1);
  const isNew = ESCAPE.test(`%${behind.length === 1 ? behind + next : behind}`);
  return isNew ? `${text.slice(0, loose)}%25${behind}` : text;
}

function rewritten(character: string): string {
  if (character === "\\") return "/";
  if (!SPECIAL.test(character)) return character;
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** Resolves `.` and `..`; empty segments count, and nothing is above the root. */
function withoutDots(path: string): string {
  const kept: string[] = [];
  const segments = path.split("/").slice(1);
  segments.forEach((segment, index) => {
    const isDots = segment === "." || segment === "..";
    if (segment === "..") kept.pop();
    if (!isDots) kept.push(segment);
    else if (index === segments.length - 1) kept.push("");
  });
  return `/${kept.join("/")}`;
}
