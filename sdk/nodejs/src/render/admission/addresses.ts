/** Which addresses a team's endpoints and hosts may have: those that previews let it have. */
import { PRIVATE_DOMAIN } from "../../kube/names.js";
import { formsOf, LOCAL_RANGES, PRIVATE_RANGES } from "../../model/address-range.js";
import { suffixesOf } from "../../model/cluster-names.js";
import { LOCAL_NAME_PATTERN, LOCAL_NAMES } from "../../model/local-names.js";
import type { PlannedWorkspaceGuard } from "../../plan/guards.js";
import { celList, celText, isCovered } from "./cel.js";
import { isOwnService } from "./hosts.js";

/** Variable: ranges in which a proxy finds itself, its machine or the cloud's servers of credentials, in all forms. */
export const localVariable = { localRanges: ranges(LOCAL_RANGES) };

/** Variable: these, and the ranges of pods, Services and machines, which no host of a team may stand for. */
export const reservedVariable = { reservedRanges: ranges([...LOCAL_RANGES, ...PRIVATE_RANGES]) };

function ranges(texts: readonly string[]): string {
  return `${celList(texts.flatMap(formsOf))}.map(r, cidr(r))`;
}

/** Whether an address or a range meets a reserved range; what is neither counts as meeting one. */
export function meetsReserved(address: string): string {
  const range = `(r.containsCIDR(cidr(${address})) || cidr(${address}).containsCIDR(r))`;
  return (
    `(isCIDR(${address}) ? variables.reservedRanges.exists(r, ${range}) : ` +
    `isIP(${address}) ? variables.reservedRanges.exists(r, r.containsIP(ip(${address}))) : true)`
  );
}

/**
 * Whether the host of a URL is a proxy itself, its machine, or the cloud's server of credentials; what is no URL
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

/** Names that are none, and addresses in forms that only some resolvers take. */
const MALFORMED = "[^a-z0-9.-]|^[^.]*$|(^|\\.)[0-9][^.]*$|\\.$";

function isLocalName(name: string): string {
  const pattern = celText(LOCAL_NAME_PATTERN.source);
  const names = LOCAL_NAMES.flatMap((each) => [each, `*.${each}`]);
  return `${name}.matches(${pattern}) || ${isCovered(name, names)}`;
}

/**
 * Whether an endpoint's address, in small letters, may be none of a team's: the proxy itself, its machine, or another
 * team's Service or pod.
 *
 * A name of two labels may be that of a Service, `NAME.NAMESPACE`, which resolvers complete; so it must be the team's
 * own or given to it. A name of a pod says its address, whichever that is. A name whose last label begins with a digit
 * is an address in a form that some resolvers take.
 */
export function isStrayAddress(address: string, guard: PlannedWorkspaceGuard): string {
  const known = isCovered(address, [...guard.hosts, ...guard.uses]);
  const isMalformed = `${address}.matches(${celText(MALFORMED)})`;
  const mayBeService = `${address}.matches("(^|\\\\.)svc(\\\\.|$)|^[^.]+\\\\.[^.]+$")`;
  const suffixes = guard.domains.flatMap(suffixesOf).filter((suffix) => suffix.startsWith("pod."));
  const isPod = isCovered(
    address,
    [...suffixes, PRIVATE_DOMAIN].map((suffix) => `*.${suffix}`),
  );
  return (
    `(isIP(${address}) ? variables.localRanges.exists(r, r.containsIP(ip(${address}))) : ` +
    `${isMalformed} || ${isLocalName(address)} || ${isPod} || ` +
    `(${mayBeService} && !(${isOwnService(address, guard)}) && !(${known})))`
  );
}
