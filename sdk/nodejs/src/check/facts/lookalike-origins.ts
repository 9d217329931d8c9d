import type { TextMatch } from "../../model/text-match.js";

/** Labels that nobody has registered; some expressions match letters only. */
const LABELS = ["q7zk2x9w", "qzkvxwj"] as const;
const [LABEL] = LABELS;

/**
 * `null`, which browsers send for pages without an origin, such as sandboxed ones, which anybody can make; and `*`,
 * which Envoy treats as all origins.
 */
const NOBODY = ["*", "null"];

/** Suffixes under which anybody can register a label. */
const ENDS = [
  ".com",
  ".net",
  ".org",
  ".io",
  ".dev",
  ".app",
  ".xyz",
  ".de",
  ".co.uk",
  ".github.io",
  ".pages.dev",
] as const;

/** Origins that anybody can own. */
const STRANGERS: readonly string[] = [
  ...LABELS.flatMap((label) => ENDS.map((end) => `${label}${end}`)).flatMap((host) => [
    `https://${host}`,
    `http://${host}`,
    `https://www.${host}`,
    `https://${host}:8443`,
  ]),
  "https://203.0.113.87",
  "http://203.0.113.87:8080",
];

/** Returns true if a match accepts an origin. */
export type Fits = (origin: string) => boolean;

/** Returns an origin that anybody can own and that a match accepts; undefined if there is none. */
export function strangerOf(fits: Fits): string | undefined {
  const found = [...STRANGERS, ...NOBODY].find(fits);
  return found === "*" ? STRANGERS[0] : found;
}

const HOST = /[A-Za-z0-9-]+(?:\\?\.[A-Za-z0-9-]+)+/g;

/**
 * Returns an origin that a match accepts besides the one it was written for; undefined if none is found.
 *
 * Tries the hosts in the text with another suffix, another prefix, and other characters instead of dots, which an
 * expression may leave unescaped.
 */
export function lookalikeOf({ kind, value }: TextMatch, fits: Fits): string | undefined {
  if (kind === "exact") return undefined;
  const hosts = (value.match(HOST) ?? []).map((host) => host.replaceAll("\\", ""));
  const beside = hosts.flatMap((host) => [
    ...LABELS.flatMap((label) => [
      `${host}.${label}.com`,
      `${host}${label}.com`,
      `${label}${host}`,
      `${label}-${host}`,
    ]),
    host.replaceAll(/\.(?=.*\.)/g, "x"),
  ]);
  const whole = new Set(hosts);
  const origins = beside.filter((host) => !whole.has(host)).flatMap((host) => [`https://${host}`, `http://${host}`]);
  const head = kind === "prefix" ? value : headOf(value);
  // after a port, nobody can append more of a host
  const ends = /:\/\/[^/]*:/.test(head) ? [] : [`${head}${LABEL}.com`, `${head}.${LABEL}.com`];
  return [...origins, ...ends].find(fits);
}

/** Returns the literal prefix of an expression; `https?` is read as `https`. */
function headOf(expression: string): string {
  const [head = ""] =
    /^(?:\\[^\w]|[^\\.+*?()|[\]{}^$])*/.exec(expression.replace(/^\^/, "").replace("https?:", "https:")) ?? [];
  return head.replaceAll("\\", "");
}
