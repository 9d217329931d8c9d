import type { PlannedAuthorization, PlannedClient } from "../plan/planned-access.js";
import type { AccessVerdict, ListenerVerdict } from "./access.js";
import { shown } from "./policies/wording.js";

/** Says what a gateway's access policy makes of something, in a line. */
export function describeListenerVerdict({ gateway, ...verdict }: ListenerVerdict, ending: string): string {
  const does = verdict.verdict === "allowed" ? "lets it in" : `lets in ${describeNeeds(verdict)}, else ${ending}`;
  return `AccessPolicy of the gateway ${gateway}: ${verdict.verdict === "refused" ? `refuses it, ${ending}` : does}`;
}

/** Says whether pods let a caller in, in a line. */
export function describePodVerdict(verdict: AccessVerdict, ending: string): string {
  switch (verdict.verdict) {
    case "allowed":
      return "pods let it in";
    case "refused":
      return `pods refuse it: ${ending}`;
    case "depends":
      return `pods let in ${describeNeeds(verdict)}, else ${ending}`;
  }
}

function describeNeeds({ needs = [] }: AccessVerdict): string {
  return [...new Set(needs.map(describeNeed))].join("; or ");
}

function describeNeed(need: PlannedAuthorization): string {
  const { clients = [], paths, methods, ipBlocks, remoteIpBlocks, headers } = need;
  const callers = [...new Set(clients.map(describeClient))];
  return [
    ...(callers.length === 0 ? [] : [callers.join(" or ")]),
    ...(ipBlocks ? [`from ${either(ipBlocks)}`] : []),
    ...(remoteIpBlocks ? [`of clients at ${either(remoteIpBlocks)}`] : []),
    ...(methods ? [either(methods)] : []),
    ...(paths ? [`to ${either(paths)}`] : []),
    ...headers.flatMap(({ name, values, notValues }) => [
      ...(values ? [`with ${name} ${either(values)}`] : []),
      ...(notValues ? [`without ${name} ${either(notValues)}`] : []),
    ]),
  ].join(", ");
}

function describeClient({ principals, requestPrincipals, notRequestPrincipals }: PlannedClient): string {
  return [
    ...(principals ? [either([...new Set(principals.map(describePrincipal))])] : []),
    ...(requestPrincipals ? [`tokens of ${either(requestPrincipals)}`] : []),
    ...(notRequestPrincipals ? [`tokens but those of ${either(notRequestPrincipals)}`] : []),
  ].join(" with ");
}

/** `frontend of shop` for a service account, whatever its trust domain. */
function describePrincipal(principal: string): string {
  const [, namespace, name] = /\/ns\/([^/]+)\/sa\/(.+)$/.exec(principal) ?? [];
  if (namespace === undefined) return "everyone in the mesh";
  return name === "*" ? `everyone of ${namespace}` : `${name} of ${namespace}`;
}

function either(values: readonly string[]): string {
  return values.map(shown).join(" or ");
}
