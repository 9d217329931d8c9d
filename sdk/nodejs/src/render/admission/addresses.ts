/** Restricts the addresses of a team's endpoints and hosts to the ones that previews accept. */
import { PRIVATE_DOMAIN } from "../../kube/names.js";
import { formsOf, LOCAL_RANGES, PRIVATE_RANGES } from "../../model/address-range.js";
import { suffixesOf } from "../../model/cluster-names.js";
import { LOCAL_NAME_PATTERN, LOCAL_NAMES } from "../../model/local-names.js";
import type { PlannedWorkspaceGuard } from "../../plan/guards.js";
import { celList, celText, isCovered } from "./cel.js";
import { isOwnService } from "./hosts.js";

/** Variable: ranges that reach the proxy itself, its node or the cloud's metadata server, in all notations. */
export const localVariable = { localRanges: ranges(LOCAL_RANGES) };

/** Variable: these, plus the ranges of pods, Services and nodes, which no host of a team may map to. */
export const reservedVariable = { reservedRanges: ranges([...LOCAL_RANGES, ...PRIVATE_RANGES]) };

function ranges(texts: readonly string[]): string {
  return `${celList(texts.flatMap(formsOf))}.map(r, cidr(r))`;
}

/** Tests whether an address or a range overlaps a reserved range. Text that is neither counts as overlapping. */
export function meetsReserved(address: string): string {
  const range = `(r.containsCIDR(cidr(${address})) || cidr(${address}).containsCIDR(r))`;
  return (
    `(isCIDR(${address}) ? variables.reservedRanges.exists(r, ${range}) : ` +
    `isIP(${address}) ? variables.reservedRanges.exists(r, r.containsIP(ip(${address}))) : true)`
  );
}

/**
 * Tests whether a URL's host is the proxy itself, its node or the cloud's metadata server. Text that is not a URL
 * counts as one.
 */
export function isLocalUrl(url: string): string {
  const host = `url(${url}).getHostname().lowerAscii()`;
  const address = `${host}.replace("[", "").replace("]", "")`;
  return (
    `(!isURL(${url}) || (isIP(${address}) ? variables.localRanges.exists(r, r.containsIP(ip(${address}))) : ` +
    `${host}.matches(${celText(MALFORMED)}) || ${isLocalName(host)}))`
  );
}

/** Invalid names, and addresses in notations that only some resolvers accept. */
const MALFORMED = "[^a-z0-9.-]|^[^.]*$|(^|\\.)[0-9][^.]*$|\\.$";

function isLocalName(name: string): string {
  const pattern = celText(LOCAL_NAME_PATTERN.source);
  const names = LOCAL_NAMES.flatMap((each) => [each, `*.${each}`]);
  return `${name}.matches(${pattern}) || ${isCovered(name, names)}`;
}

/**
 * Tests whether an endpoint's address, in lower case, may lie outside the team's reach: the proxy itself, its node, or
 * another team's Service or pod.
 *
 * A name of two labels may be a Service, `NAME.NAMESPACE`, which resolvers complete; so it must be the team's own or
 * granted to it. A pod name encodes any address it likes. A name whose last label starts with a digit is an address in
 * a notation that some resolvers accept.
 */
export function isStrayAddress(address: string, guard: PlannedWorkspaceGuard): string {
  const known = isCovered(address, [...guard.hosts, ...guard.uses]);
  const isMalformed = `${address}.matches(${celText(MALFORMED)})`;
  const mayBeService = `${address}.matches("(^|\\\\.)svc(\\\\.|$)|^[^.]+\\\\.[^.]+$")`;
  const suffixes = guard.domains.flatMap(suffixesOf).filter((suffix) => suffix.startsWith("pod."));
  const isPod = isCovered(
    address,
    [...suffixes, "pod", PRIVATE_DOMAIN].map((suffix) => `*.${suffix}`),
  );
  return (
    `(isIP(${address}) ? variables.localRanges.exists(r, r.containsIP(ip(${address}))) : ` +
    `${isMalformed} || ${isLocalName(address)} || ${isPod} || ` +
    `(${mayBeService} && !(${isOwnService(address, guard)}) && !(${known})))`
  );
}
