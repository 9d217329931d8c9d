import { createHash } from "node:crypto";

const CLEAN = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const MAX = 63;

/** Domain of hosts that only Meshway's own objects name. */
export const PRIVATE_DOMAIN = "meshway.internal";

/**
 * Builds one DNS label, at most 63 characters, from the parts of a name.
 *
 * Clean parts (lower case letters, digits, single hyphens) are joined by two hyphens, which no clean part contains, so
 * different parts never give the same name. All others end in a hash of the parts.
 *
 * @example dnsName("shop", "web") // "shop--web"
 */
export function dnsName(...parts: readonly string[]): string {
  const joined = parts.join("--");
  if (joined.length <= MAX && parts.every((part) => CLEAN.test(part))) return joined;
  const hash = shortHash(parts);
  const slug = parts
    .map((part) =>
      part
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-|-$/g, ""),
    )
    .filter((part) => part !== "");
  const head = slug
    .join("--")
    .slice(0, MAX - hash.length - 3)
    .replace(/-+$/, "");
  // three hyphens, so a name with a hash never equals one of clean parts
  return head === "" ? `x---${hash}` : `${head}---${hash}`;
}

/**
 * Builds a host that only Meshway's own objects name: the parts as labels, or one label with their hash if that is too
 * long for DNS.
 */
export function privateHost(...parts: readonly string[]): string {
  const host = [...parts, PRIVATE_DOMAIN].join(".");
  return host.length <= 253 ? host : `${dnsName(...parts)}.${PRIVATE_DOMAIN}`;
}

/** Returns the text if it is a valid Kubernetes label value, otherwise the shortened text with a hash. */
export function labelValue(text: string): string {
  if (text.length <= MAX && /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/.test(text)) return text;
  const hash = shortHash([text]);
  const head = text
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-/, "")
    .slice(0, MAX - hash.length - 1)
    .replace(/-+$/, "");
  return head === "" ? hash : `${head}-${hash}`;
}

function shortHash(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 8);
}
