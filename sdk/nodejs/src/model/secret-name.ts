import { type RefinementContext, raise } from "./schema.js";

/**
 * What istiod takes for the name of a Secret in the namespace of the proxy; with `kubernetes://` it would take one
 * elsewhere.
 */
const SECRET = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/**
 * A path from the root, which is where proxies run, too. Envoy's names of certificates join two by a tilde, and `..`
 * would lead out of what is consented to.
 */
const PATH = /^\.?(\/(?!\.{1,2}(\/|$))[^/~*\s\p{C}]+)+$/u;

/** Refuses what is no name of a Secret. */
export function secretName(value: string, context: RefinementContext): void {
  if (isBlank(value, context) || isSecretName(value)) return;
  const expected = "the name of a Secret (small letters, digits, hyphens and dots, at most 253)";
  raise(context, "MW0110", { found: value, expected, example: "shop-tls" });
}

/** Refuses what is no path of a file. */
export function filePath(value: string, context: RefinementContext): void {
  if (isBlank(value, context) || PATH.test(value)) return;
  const expected = "a path from the root, without blanks, `~`, `*` and dots that lead elsewhere";
  raise(context, "MW0110", { found: value, expected, example: "/etc/certs/client.pem" });
}

/** Refuses what no certificate has for a name: DNS names, URIs, addresses. */
export function subjectAltName(value: string, context: RefinementContext): void {
  if (isBlank(value, context) || /^[\x21-\x7e]+$/.test(value)) return;
  const expected = "a name in a certificate, without blanks, in ASCII";
  raise(context, "MW0110", { found: value, expected, example: "api.example.com" });
}

/** Refuses what is neither a name of a Secret nor a path, each with a `*` at its end for any rest. */
export function secretPattern(value: string, context: RefinementContext): void {
  const start = value.replace(/\*$/, "");
  if (
    value === "*" ||
    value === "/*" ||
    isSecretName(start.replace(/[-.]$/, "")) ||
    PATH.test(start.replace(/\/$/, ""))
  )
    return;
  const expected = "the name of a Secret or the path of a file, with `*` at its end for any rest";
  raise(context, "MW0110", { found: value, expected, example: "shop-*" });
}

/** Whether one of the patterns is for a Secret or a file. */
export function mayUseSecret(patterns: readonly string[], name: string): boolean {
  const used = fromRoot(name);
  return patterns
    .map(fromRoot)
    .some((each) => (each.endsWith("*") ? used.startsWith(each.slice(0, -1)) : each === used));
}

function fromRoot(name: string): string {
  return name.replace(/^\.\//, "/");
}

function isSecretName(value: string): boolean {
  return value.length <= 253 && SECRET.test(value);
}

function isBlank(value: string, context: RefinementContext): boolean {
  const isIt = value.trim() === "";
  if (isIt) raise(context, "MW0104", { found: value.length, minimum: 1, unit: "characters" });
  return isIt;
}
