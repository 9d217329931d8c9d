/** Which addresses a team's endpoints and hosts may have. */
import type { PlannedWorkspaceGuard } from "../../plan/guards.js";
import { isCovered, list, text } from "./cel.js";
import { isOwnService } from "./hosts.js";

/** Ranges of pods, Services, machines and Istio itself, which no host of a team may stand for in the eyes of others. */
const RESERVED: readonly string[] = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "224.0.0.0/3",
  "::/127",
  "fc00::/7",
  "fe80::/10",
  "ff00::/8",
];

/** Ranges in which a proxy finds itself, its machine or the cloud's servers of credentials. */
const LOCAL: readonly string[] = [
  "0.0.0.0/8",
  "100.100.100.200/32",
  "127.0.0.0/8",
  "168.63.129.16/32",
  "169.254.0.0/16",
  "192.0.0.192/32",
  "224.0.0.0/3",
  "::/127",
  "fd00:ec2::/32",
  "fe80::/10",
  "ff00::/8",
];

/** Names of the same. */
const LOCAL_NAMES: readonly string[] = [
  "instance-data.ec2.internal",
  "*.localhost",
  "localhost.localdomain",
  "metadata.azure.internal",
  "metadata.google.internal",
];

/** Whether an address or a range meets a reserved range; what is neither counts as meeting one. */
export function meetsReserved(address: string): string {
  const range = `(cidr(r).containsCIDR(cidr(${address})) || cidr(${address}).containsCIDR(cidr(r)))`;
  const one = `cidr(r).containsIP(ip(${address}))`;
  const reserved = list(RESERVED);
  return (
    `(isCIDR(${address}) ? ${reserved}.exists(r, ${range}) : ` +
    `isIP(${address}) ? ${reserved}.exists(r, ${one}) : true)`
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
    `(!isURL(${url}) || (isIP(${address}) ? ${list(LOCAL)}.exists(r, cidr(r).containsIP(ip(${address}))) : ` +
    `${host}.matches(${text(MALFORMED)}) || ${isCovered(host, LOCAL_NAMES)}))`
  );
}

/** Names that are none, and addresses in forms that only some resolvers take. */
const MALFORMED = "[^a-z0-9.-]|^[^.]*$|(^|\\.)[0-9][^.]*$|\\.$";

/**
 * Whether an endpoint's address, in small letters, may be none of a team's: the proxy itself, its machine, or another
 * team's Service.
 *
 * A name of two labels may be that of a Service, `NAME.NAMESPACE`, which resolvers complete; so it must be the team's
 * own or given to it. A name whose last label begins with a digit is an address in a form that some resolvers take.
 */
export function isStrayAddress(address: string, guard: PlannedWorkspaceGuard): string {
  const known = isCovered(address, [...guard.hosts, ...guard.uses]);
  const isMalformed = `${address}.matches(${text(MALFORMED)})`;
  const mayBeService = `${address}.matches("(^|\\\\.)svc(\\\\.|$)|^[^.]+\\\\.[^.]+$")`;
  return (
    `(isIP(${address}) ? ${list(LOCAL)}.exists(r, cidr(r).containsIP(ip(${address}))) : ` +
    `${isMalformed} || ${isCovered(address, LOCAL_NAMES)} || ` +
    `(${mayBeService} && !(${isOwnService(address, guard)}) && !(${known})))`
  );
}
