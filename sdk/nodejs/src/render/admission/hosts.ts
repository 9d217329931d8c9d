/** Ownership of hosts. */
import { PRIVATE_DOMAIN } from "../../kube/names.js";
import type { PlannedWorkspaceGuard } from "../../plan/guards.js";
import { celList, celText, isCovered, some } from "./cel.js";
import type { Validation } from "./policy.js";

/**
 * Tests whether a host in lower case is a Service of the team: `NAME` as Istio resolves it, or any name by which pods
 * may call it.
 */
export function isOwnService(host: string, { namespaces, domains }: PlannedWorkspaceGuard): string {
  const namespace = `(?:${namespaces.join("|")})`;
  const domain = `(?:${domains.map((each) => each.toLowerCase().replaceAll(".", "\\.")).join("|")})`;
  // two labels before the namespace are a pod of a headless Service
  const full = `^(?:[^.]+\\.){1,2}${namespace}\\.svc(?:\\.${domain})?$`;
  return `${host}.matches(${celText(`^[^.*]+$|${full}|^[^.]+\\.${namespace}$`)})`;
}

/** Tests whether a host in lower case is a Service name, or a wildcard over Service names. */
export function isServiceName(host: string, { namespaces, domains }: PlannedWorkspaceGuard): string {
  const names = celText(`^[^.]+$|(^|\\.)svc(\\.|$)|^[^.]+\\.(?:${namespaces.join("|")})$`);
  const suffixes = celList(domains.map((each) => `.svc.${each.toLowerCase()}`));
  return (
    `(${host}.matches(${names}) || ` +
    `(${host}.startsWith("*.") && ${suffixes}.exists(d, d.endsWith(${host}.substring(1)))))`
  );
}

/** Tests whether a host in lower case is the team's own for all callers, or granted to it for its own callers only. */
export function isAllowedHost(host: string, guard: PlannedWorkspaceGuard, isPrivate: string): string {
  const own = `${isOwnService(host, guard)} || ${isCovered(host, guard.hosts)} || ${isHomeOfOwn(host, guard)}`;
  return `${own} || (${isPrivate} && (${isCovered(host, guard.uses)} || ${isRemoteOfOwn(host, guard)}))`;
}

/** Tests whether a private Meshway host maps to the team's pods in one cluster: `HOST.CLUSTER.meshway.internal`. */
function isHomeOfOwn(host: string, { hosts, homes }: PlannedWorkspaceGuard): string {
  const suffixes = celList(homes.map(({ cluster }) => `.${cluster}.${PRIVATE_DOMAIN}`));
  const own = isCovered(`${host}.substring(0, ${host}.size() - d.size())`, hosts);
  return `${suffixes}.exists(d, ${host}.endsWith(d) && ${own})`;
}

/**
 * Tests whether a private Meshway host maps to a Service of the team in another cluster:
 * `NAME.NAMESPACE.PORT.CLUSTER.TABLE.meshway.internal`.
 */
function isRemoteOfOwn(host: string, { homes }: PlannedWorkspaceGuard): string {
  const places = homes
    .filter(({ namespaces }) => namespaces.length > 0)
    .map(({ cluster, namespaces }) => `(?:${namespaces.join("|")})\\.(?:tcp|port)-[0-9]+\\.${cluster}`);
  const domain = PRIVATE_DOMAIN.replaceAll(".", "\\.");
  return `${host}.matches(${celText(`^[^.*]+\\.(?:${places.join("|")})\\.[^.]+\\.${domain}$`)})`;
}

/** Tests whether a route may forward to a host in lower case. */
export function isUsable(host: string, guard: PlannedWorkspaceGuard): string {
  const known = isCovered(host, [...guard.hosts, ...guard.uses]);
  return `${isOwnService(host, guard)} || ${known} || ${isRemoteOfOwn(host, guard)}`;
}

/** Describes the hosts of a team in a message. */
export function hostsOf({ namespaces, hosts }: PlannedWorkspaceGuard): string {
  const services = `Services of namespace ${some(namespaces)}`;
  return hosts.length === 0 ? services : `${services} and ${some(hosts)}`;
}

/** Rejects the hosts in `variables.foreign`, which are not the team's. */
export function foreignRule(guard: PlannedWorkspaceGuard, verb: string): Validation {
  const { maker, uses } = guard;
  const private_ = uses.length === 0 ? "" : `, or with \`exportTo\` "." also ${some(uses)}`;
  return {
    expression: "variables.foreign.size() == 0",
    message: "the host is not the team's",
    sentence:
      `${celText(`it ${verb} host `)} + variables.foreign[0] + ` +
      celText(
        `, expected hosts of workspace ${maker.name} (${hostsOf(guard)})${private_}: use one of these, ` +
          "or ask the operators to add the host to `guard.hosts` or `guard.uses` of the workspace",
      ),
  };
}
