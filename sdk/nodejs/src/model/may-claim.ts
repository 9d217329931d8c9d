import { z } from "zod";
import { rangeOf, rangeWithin } from "./address-range.js";
import { hostCovers, hostRule, isIpAddress, isIpRange } from "./host.js";
import { dnsLabel, fields, plainText, raise } from "./schema.js";

/** Claims that operators consent to beyond what a workspace owns. */
export interface MayClaim {
  readonly hosts: readonly string[];
  readonly addresses: readonly string[];
  readonly namespaces: readonly string[];
}

/** Rejects anything but an IP address or a CIDR range. */
export function addressOrRange(value: string, context: z.core.$RefinementCtx<unknown>): void {
  if (isIpAddress(value) || isIpRange(value)) return;
  const expected = "an IP address or a CIDR range";
  raise(context, "MW0110", { found: value, expected, example: "198.51.100.0/24" });
}

export const mayClaimSchema: z.ZodType<MayClaim> = fields({
  hosts: z.array(plainText(hostRule("any"))).default([]),
  addresses: z.array(plainText(addressOrRange)).default([]),
  namespaces: z.array(plainText(dnsLabel)).default([]),
});

/** Consents from several sources, such as a fleet and a workspace. */
export type Consents = readonly (MayClaim | undefined)[];

/** True if one of the consents covers a host. */
export function mayClaimHost(consents: Consents, host: string): boolean {
  return consents.some((each) => each?.hosts.some((allowed) => hostCovers(allowed, host)));
}

/** True if one of the consents covers an address, or a whole range. */
export function mayClaimAddress(consents: Consents, address: string): boolean {
  const range = rangeOf(address);
  if (range === undefined) return false;
  const isIn = (allowed: string): boolean => {
    const outer = rangeOf(allowed);
    return outer !== undefined && rangeWithin(outer, range);
  };
  return consents.some((each) => each?.addresses.some(isIn));
}

/** True if one of the consents covers a namespace. */
export function mayClaimNamespace(consents: Consents, namespace: string): boolean {
  return consents.some((each) => each?.namespaces.includes(namespace));
}
