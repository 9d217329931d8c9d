import type { TextMatch } from "../../model/text-match.js";

/** Labels that nobody has; some expressions take letters only. */
const LABELS = ["q7zk2x9w", "qzkvxwj"] as const;
const [LABEL] = LABELS;

/** What browsers send for pages without an origin, such as those in a sandbox, which anybody can make; and what Envoy takes for all origins. */
const NOBODY = ["*", "null"];

/** What anybody can register a label under. */
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

/** Origins that anybody can have. */
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

/** How a match compares origins. */
export type Fits = (origin: string) => boolean;

/** An origin that anybody can have and that a match takes; undefined where it takes none. */
export function strangerOf(fits: Fits): string | undefined {
  const found = [...STRANGERS, ...NOBODY].find(fits);
  return found === "*" ? STRANGERS[0] : found;
}

const HOST = /[A-Za-z0-9-]+(?:\\?\.[A-Za-z0-9-]+)+/g;

/**
 * An origin that a match takes besides the one that it was written for; undefined where none is found.
 *
 * Hosts in the text get another end, another beginning, and other characters in the place of dots, which an expression may leave unescaped.
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
  // behind a port nobody can go on with a host
  const ends = /:\/\/[^/]*:/.test(head) ? [] : [`${head}${LABEL}.com`, `${head}.${LABEL}.com`];
  return [...origins, ...ends].find(fits);
}

/** The plain text that an expression begins with, where it takes `https`. */
function headOf(expression: string): string {
  const [head = ""] =
    /^(?:\\[^\w]|[^\\.+*?()|[\]{}^$])*/.exec(expression.replace(/^\^/, "").replace("https?:", "https:")) ?? [];
  return head.replaceAll("\\", "");
}
