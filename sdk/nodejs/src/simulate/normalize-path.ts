/**
 * Writes a path as Envoy does before it looks for a route; undefined where Envoy refuses it.
 *
 * Istio's default is `normalize_path` without merging slashes, escaped slashes kept. Followed: Envoy 1.40, source/common/http/path_utility.cc with
 * googleurl's `CanonicalizePath` (url/url_canon_path.cc), tried with a real Envoy.
 */
export function normalizePath(path: string): string | undefined {
  if (!NEEDS_WORK.test(path)) return path;
  if (path.includes("%00")) return undefined;
  const plain = path.replace(DOT_PARAMETERS, "/$1").replace(SPECIAL, rewritten);
  return plain.includes("/.") ? withoutDots(plain) : plain;
}

/** What may change: escapes, backslashes, characters to escape, and segments that begin with a dot. */
const NEEDS_WORK = /[%\\"<>^`{|}]|\/\./;

/** Parameters of a dot segment go, up to the next slash; those of other segments stay. */
const DOT_PARAMETERS = /\/(\.\.?);[^/]*(?=\/|$)/g;

const SPECIAL = /%[0-9A-Fa-f]{2}|[\\"<>^`{|}]/g;

const UNRESERVED = /[-0-9A-Za-z._~]/;

/** Escapes of letters, digits and `-._~` are undone, a backslash is a slash, and what a path may not hold is escaped. */
function rewritten(found: string): string {
  if (found === "\\") return "/";
  if (found.length === 1) return `%${found.charCodeAt(0).toString(16).toUpperCase()}`;
  const character = String.fromCharCode(Number.parseInt(found.slice(1), 16));
  return UNRESERVED.test(character) ? character : found;
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
