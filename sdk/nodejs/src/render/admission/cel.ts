/**
 * Building blocks of CEL expressions for admission policies. Texts may contain placeholders: the whole expression is
 * then deferred.
 */
import type { PlannedSubjects } from "../../plan/guards.js";

/** Returns a string literal. */
export function celText(value: string): string {
  return JSON.stringify(value);
}

/** Returns a list literal. */
export function celList(values: readonly string[]): string {
  return `[${values.map(celText).join(", ")}]`;
}

/** Returns a map literal; values are expressions. */
export function map(entries: readonly (readonly [string, string])[]): string {
  return `{${entries.map(([key, value]) => `${celText(key)}: ${value}`).join(", ")}}`;
}

/** Tests whether the user who sends the request is one of these. */
export function isSentBy({ users, groups }: PlannedSubjects): string {
  const user = `request.userInfo.username in ${celList(users)}`;
  return groups.length === 0 ? user : `${user} || request.userInfo.groups.exists(g, g in ${celList(groups)})`;
}

/** Tests whether one of the hosts of a list, wildcards included, covers a host in lower case. */
export function isCovered(host: string, hosts: readonly string[]): string {
  if (hosts.length === 0) return "false";
  return isCoveredBy(host, celList(hosts.map((each) => each.toLowerCase())));
}

/** Like `isCovered`, for an expression that yields the list. */
export function isCoveredBy(host: string, hosts: string): string {
  return `${hosts}.exists(p, p == "*" || p == ${host} || (p.startsWith("*.") && ${host}.endsWith(p.substring(1))))`;
}

/**
 * Resolves a VirtualService's reference to a gateway to namespace and name. Istio: resolveGatewayName
 * (pilot/pkg/model/gateway.go).
 */
export function gatewayNamed(name: string): string {
  const short = `request.namespace + "/" + ${name}`;
  const domain = `${name}.split(".")[1] + "/" + ${name}.split(".")[0]`;
  const slashed = `${name}.startsWith("./") ? request.namespace + ${name}.substring(1) : ${name}`;
  return `(${name}.contains("/") ? (${slashed}) : ${name}.contains(".") ? ${domain} : ${short})`;
}

/** Joins names for a message, abbreviated because messages have a size limit. */
export function some(names: readonly string[]): string {
  return names.length > MOST ? `${names.slice(0, MOST).join(", ")} and ${names.length - MOST} more` : names.join(", ");
}

const MOST = 6;
