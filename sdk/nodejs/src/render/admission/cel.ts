/**
 * Pieces of expressions in CEL, the language of admission policies. Texts may hold placeholders: an expression then
 * waits as a whole.
 */
import type { PlannedSubjects } from "../../plan/guards.js";

/** A text literal. */
export function celText(value: string): string {
  return JSON.stringify(value);
}

/** A list literal. */
export function celList(values: readonly string[]): string {
  return `[${values.map(celText).join(", ")}]`;
}

/** A map literal; values are expressions. */
export function map(entries: readonly (readonly [string, string])[]): string {
  return `{${entries.map(([key, value]) => `${celText(key)}: ${value}`).join(", ")}}`;
}

/** Whether whoever sends the request is one of these. */
export function isSentBy({ users, groups }: PlannedSubjects): string {
  const user = `request.userInfo.username in ${celList(users)}`;
  return groups.length === 0 ? user : `${user} || request.userInfo.groups.exists(g, g in ${celList(groups)})`;
}

/** Whether one of the hosts of a list, wildcards among them, covers a host in small letters. */
export function isCovered(host: string, hosts: readonly string[]): string {
  if (hosts.length === 0) return "false";
  return isCoveredBy(host, celList(hosts.map((each) => each.toLowerCase())));
}

/** As `isCovered`, for an expression that gives the list. */
export function isCoveredBy(host: string, hosts: string): string {
  return `${hosts}.exists(p, p == "*" || p == ${host} || (p.startsWith("*.") && ${host}.endsWith(p.substring(1))))`;
}

/**
 * The namespace and name that a VirtualService's text for a gateway means. Istio: resolveGatewayName
 * (pilot/pkg/model/gateway.go).
 */
export function gatewayNamed(name: string): string {
  const short = `request.namespace + "/" + ${name}`;
  const domain = `${name}.split(".")[1] + "/" + ${name}.split(".")[0]`;
  const slashed = `${name}.startsWith("./") ? request.namespace + ${name}.substring(1) : ${name}`;
  return `(${name}.contains("/") ? (${slashed}) : ${name}.contains(".") ? ${domain} : ${short})`;
}

/** Some names for a sentence: not all, because messages have a limit. */
export function some(names: readonly string[]): string {
  return names.length > MOST ? `${names.slice(0, MOST).join(", ")} and ${names.length - MOST} more` : names.join(", ");
}

const MOST = 6;
