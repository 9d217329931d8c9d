import { type RefinementContext, raise } from "./schema.js";

/**
 * The name of a Secret that istiod looks up in the proxy's namespace; `kubernetes://` would select another namespace.
 */
const SECRET = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/**
 * A path from the root, which is also the proxies' working directory. Envoy joins two certificate names by a tilde, and
 * `..` would escape the consented paths.
 */
const PATH = /^\.?(\/(?!\.{1,2}(\/|$))[^/~*\s\p{C}]+)+$/u;

/** Rejects anything but the name of a Secret. */
export function secretName(value: string, context: RefinementContext): void {
  if (isBlank(value, context) || isSecretName(value)) return;
  const expected = "the name of a Secret (lower-case letters, digits, hyphens and dots, at most 253)";
  raise(context, "MW0110", { found: value, expected, example: "shop-tls" });
}

/** Rejects anything but the path of a file. */
export function filePath(value: string, context: RefinementContext): void {
  if (isBlank(value, context) || PATH.test(value)) return;
  const expected = "a path from the root, without blanks, `~`, `*` and dots that lead elsewhere";
  raise(context, "MW0110", { found: value, expected, example: "/etc/certs/client.pem" });
}

/** Rejects text that no certificate can have as a name: it has DNS names, URIs and addresses. */
export function subjectAltName(value: string, context: RefinementContext): void {
  if (isBlank(value, context) || /^[\x21-\x7e]+$/.test(value)) return;
  const expected = "a name in a certificate, without blanks, in ASCII";
  raise(context, "MW0110", { found: value, expected, example: "api.example.com" });
}

/** Rejects anything but the name of a Secret or a path, either with an optional trailing `*` for any rest. */
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

/** True if one of the patterns covers a Secret or a file. */
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
