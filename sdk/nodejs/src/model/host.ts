import type { z } from "zod";
import { raise } from "./schema.js";

/** The positions where a host may have a wildcard. */
export type WildcardRule = "none" | "first-label" | "any";

const LABEL = /^[A-Za-z0-9]([-A-Za-z0-9]{0,61}[A-Za-z0-9])?$/;

/**
 * Returns the reason to reject a host, or undefined. Rules as in reference/gloo-api.md 1.2: labels of 1 to 63, a
 * wildcard only as the first label.
 */
export function refuseHost(host: string, wildcard: WildcardRule): string | undefined {
  if (host === "*") return wildcard === "any" ? undefined : "is a bare wildcard, expected a name";
  if (host === "" || host.length > 255) return `has ${host.length} characters, expected 1 to 255`;
  const labels = host.split(".");
  const first = labels[0] ?? "";
  if (host.includes("*")) {
    if (wildcard === "none") return "has a wildcard, expected a name without one";
    if (first !== "*" || host.slice(1).includes("*")) return "has a wildcard that is not the whole first label";
    if (labels.length < 2) return "has nothing after its wildcard";
  }
  const rest = first === "*" ? labels.slice(1) : labels;
  const bad = rest.find((label) => !LABEL.test(label));
  if (bad !== undefined)
    return bad === ""
      ? "has an empty label"
      : `has the label \`${bad}\`, expected letters, digits and inner hyphens, at most 63`;
  if (/^\d+$/.test(rest.at(-1) ?? "")) return "ends in a number, expected a name";
  return undefined;
}

/** Returns a refinement that rejects malformed hosts. */
export function hostRule(wildcard: WildcardRule) {
  return (host: string, context: z.core.$RefinementCtx<unknown>): void => {
    const reason = refuseHost(host, wildcard);
    if (reason !== undefined) raise(context, "MW0303", { host, reason });
  };
}

/**
 * Like `hostRule`, for hosts that a proxy serves or calls: Istio expands a name without a dot to a Service name, and a
 * gateway rejects it.
 */
export function dottedHostRule(wildcard: WildcardRule) {
  const refuse = hostRule(wildcard);
  return (host: string, context: z.core.$RefinementCtx<unknown>): void => {
    refuse(host, context);
    if (/^[A-Za-z0-9-]+$/.test(host) && refuseHost(host, wildcard) === undefined)
      raise(context, "MW0303", { host, reason: "has no dot, and would be taken for the short name of a Service" });
  };
}

/** True if `outer` covers every name that `inner` covers. Ignores case. */
export function hostCovers(outer: string, inner: string): boolean {
  const [wide, narrow] = [outer.toLowerCase(), inner.toLowerCase()];
  if (wide === "*" || wide === narrow) return true;
  return wide.startsWith("*.") && narrow.endsWith(wide.slice(1)) && narrow.length > wide.length - 1;
}

/** Returns the hosts that no other one covers, without duplicates. */
export function widestHosts(hosts: readonly string[]): readonly string[] {
  const distinct = [...new Map(hosts.map((host) => [host.toLowerCase(), host])).values()];
  return distinct.filter((host) => !distinct.some((other) => other !== host && hostCovers(other, host)));
}

/**
 * Returns, for each pair of hosts of which one covers the other, the narrower one in lower case (Istio:
 * Names.Intersection, pkg/config/host/names.go).
 */
export function commonHosts(served: readonly string[], wanted: readonly string[]): readonly string[] {
  const common = new Set<string>();
  for (const host of served) {
    for (const other of wanted) {
      if (hostCovers(other, host)) common.add(host.toLowerCase());
      else if (hostCovers(host, other)) common.add(other.toLowerCase());
    }
  }
  return [...common];
}

/** True if a text is a CIDR range, such as `198.51.100.0/24`. */
export function isIpRange(value: string): boolean {
  const [address = "", bits = "", ...more] = value.split("/");
  const most = address.includes(":") ? 128 : 32;
  return more.length === 0 && isIpAddress(address) && /^(0|[1-9]\d{0,2})$/.test(bits) && Number(bits) <= most;
}

/** True if a text is an IPv4 or IPv6 address. */
export function isIpAddress(value: string): boolean {
  const octets = value.split(".");
  // some parsers read a leading zero as octal, others reject it
  if (octets.length === 4 && octets.every((octet) => /^(0|[1-9]\d{0,2})$/.test(octet) && Number(octet) < 256))
    return true;
  return value.includes(":") && /^[0-9a-fA-F:.]+$/.test(value) && URL.canParse(`http://[${value}]/`);
}
