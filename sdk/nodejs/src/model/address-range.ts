import { isIpAddress, isIpRange } from "./host.js";

/** Addresses of one family, from the first to the last. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/**
 * Returns the range of an address or CIDR range; undefined for anything else. Host bits of a range are ignored, as in
 * Envoy.
 */
export function rangeOf(text: string): AddressRange | undefined {
  if (!isIpAddress(text) && !isIpRange(text)) return undefined;
  const [address = "", bits] = text.split("/");
  const family = address.includes(":") ? 6 : 4;
  const value = family === 4 ? parseV4(address) : parseV6(address);
  const width = family === 4 ? 32 : 128;
  const free = BigInt(width - Number(bits ?? width));
  const first = (value >> free) << free;
  return { family, first, last: first + (1n << free) - 1n };
}

function parseV4(text: string): bigint {
  return text.split(".").reduce((value, octet) => value * 256n + BigInt(octet), 0n);
}

function parseV6(text: string): bigint {
  // the URL parser rewrites a trailing IPv4 address in hexadecimal
  const canonical = new URL(`http://[${text}]/`).hostname.slice(1, -1);
  const [left = "", right] = canonical.split("::");
  const groups = (part: string): readonly string[] => (part === "" ? [] : part.split(":"));
  const [head, tail] = [groups(left), groups(right ?? "")];
  const zeros = right === undefined ? [] : new Array<string>(8 - head.length - tail.length).fill("0");
  return [...head, ...zeros, ...tail].reduce((value, group) => value * 65536n + BigInt(`0x${group}`), 0n);
}

/** True if two ranges have an address in common. */
export function rangesMeet(one: AddressRange, other: AddressRange): boolean {
  return one.family === other.family && one.first <= other.last && other.first <= one.last;
}

/** True if the outer range contains the whole inner one. */
export function rangeWithin(outer: AddressRange, inner: AddressRange): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

const MAPPED = "::ffff:0:0/96";

/** IPv6 prefixes that embed an IPv4 address, and the number of bits after it. */
const EMBEDDINGS = [
  // mapped, translated, the deprecated compatible form, and both NAT64 prefixes
  [MAPPED, 0n],
  ["::ffff:0:0:0/96", 0n],
  ["::/96", 0n],
  ["64:ff9b::/96", 0n],
  ["64:ff9b:1::/96", 0n],
  // 6to4
  ["2002::/16", 80n],
] as const;

/** Returns a range, and the IPv4 ranges that its addresses embed. */
export function readingsOf(range: AddressRange): readonly AddressRange[] {
  if (range.family === 4) return [range];
  const embedded = EMBEDDINGS.flatMap(([prefix, after]): readonly AddressRange[] => {
    const outer = rangeOf(prefix);
    if (outer === undefined || !rangesMeet(outer, range)) return [];
    const [, first = 0n] = inOrder(range.first, outer.first);
    const [last = 0n] = inOrder(range.last, outer.last);
    const low = (value: bigint): bigint => ((value - outer.first) >> after) & 0xffffffffn;
    return [{ family: 4, first: low(first), last: low(last) }];
  });
  // `::` and `::1` are addresses in their own right
  return [range, ...(range.family === 6 && range.last <= 1n ? [] : embedded)];
}

/**
 * Returns a range and its equivalents in IPv6, as text; without the mapped form, which Kubernetes does not accept as an
 * address.
 */
export function formsOf(text: string): readonly string[] {
  const range = rangeOf(text);
  if (range === undefined) return [];
  const own = text.includes("/") ? text : `${text}/${range.family === 4 ? 32 : 128}`;
  if (range.family === 6) return [own];
  const bits = Number(own.split("/")[1]);
  const embedded = EMBEDDINGS.filter(([prefix]) => prefix !== MAPPED).flatMap(([prefix, after]) => {
    const outer = rangeOf(prefix);
    if (outer === undefined) return [];
    return [`${writeV6(outer.first + (range.first << after))}/${128 - 32 - Number(after) + bits}`];
  });
  return [own, ...embedded];
}

function writeV6(value: bigint): string {
  return Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16)).join(
    ":",
  );
}

function inOrder(...values: readonly bigint[]): readonly bigint[] {
  return values.toSorted((a, b) => (a < b ? -1 : 1));
}

/**
 * Returns the address that lenient parsers read from old notations (`0x7f.1`, `0177.0.0.1`, `2130706433`); undefined if
 * every parser reads a name.
 */
export function oldSpellingOf(text: string): string | undefined {
  const parts = text.split(".");
  if (parts.length > 4 || !parts.every((part) => /^(0x[0-9a-f]*|\d+)$/i.test(part))) return undefined;
  const numbers = parts.map((part) => (/^0\d/.test(part) ? octal(part) : BigInt(/^0x$/i.test(part) ? 0 : part)));
  const last = numbers.at(-1) ?? 0n;
  const head = numbers.slice(0, -1);
  if (head.some((each) => each > 255n) || last >= 256n ** BigInt(5 - numbers.length)) return undefined;
  const value = head.reduce((sum, each, index) => sum + each * 256n ** BigInt(3 - index), last);
  return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join(".");
}

function octal(part: string): bigint {
  return /^[0-7]+$/.test(part) ? BigInt(`0o${part}`) : BigInt(part);
}

/** A class of addresses that no service outside of the fleet has. */
export type LocalAddress = "unspecified" | "loopback" | "link-local" | "metadata" | "multicast" | "reserved";

const METADATA = [
  "169.254.169.254/32",
  "169.254.170.2/32",
  "169.254.170.23/32",
  "100.100.100.200/32",
  "168.63.129.16/32",
  "192.0.0.192/32",
  "fd00:ec2::254/128",
  "fd00:ec2::23/128",
  "fd20:ce::254/128",
];

const LOCAL: readonly (readonly [LocalAddress, readonly string[]])[] = [
  ["metadata", METADATA],
  ["unspecified", ["0.0.0.0/8", "::/128"]],
  ["loopback", ["127.0.0.0/8", "::1/128"]],
  ["link-local", ["169.254.0.0/16", "fe80::/10"]],
  ["multicast", ["224.0.0.0/4", "ff00::/8"]],
  ["reserved", ["240.0.0.0/4", "fec0::/10"]],
];

/** All ranges of local addresses. */
export const LOCAL_RANGES: readonly string[] = LOCAL.flatMap(([, ranges]) => ranges);

/**
 * Returns the class of a local address, or of part of a range, that is on the calling machine or next to it; undefined
 * if there is none.
 */
export function localPartOf(range: AddressRange): LocalAddress | undefined {
  const readings = readingsOf(range);
  return LOCAL.find(([, ranges]) => meetsOneOf(readings, ranges))?.[0];
}

/** Private ranges, such as pods and Services use. */
export const PRIVATE_RANGES: readonly string[] = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "fc00::/7",
];

/** True if a range contains private addresses, such as pods and Services use. */
export function holdsPrivate(range: AddressRange): boolean {
  return meetsOneOf(readingsOf(range), PRIVATE_RANGES);
}

function meetsOneOf(readings: readonly AddressRange[], ranges: readonly string[]): boolean {
  return ranges.some((text) => {
    const known = rangeOf(text);
    return known !== undefined && readings.some((reading) => rangesMeet(reading, known));
  });
}
