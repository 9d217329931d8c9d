import { PeerTlsMode } from "../../args/access-policy.js";
import { Mesh } from "../../args/fleet.js";
import type { FactsOf, Subject } from "../../diagnostics/diagnostic.js";
import { type ServiceAccountSelector, serviceAccountsOf } from "../../model/access-policy.js";
import { isDeferred } from "../../model/deferred.js";
import { callersLetIn } from "../../model/isolation.js";
import type { VirtualDestination } from "../../model/virtual-destination.js";
import { type OwningWorkspace, ownsNamespace } from "../../model/workspace.js";
import { placedBackends } from "../facts/backends.js";
import { type CallingProxies, callingProxiesOf } from "../facts/callers.js";
import { clusterPathsBetween } from "../facts/cluster-paths.js";
import { effectiveDestinations } from "../facts/destinations.js";
import { effectiveTables } from "../facts/effective-tables.js";
import { accessPolicyOf, policyOf } from "../facts/policies.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

export const isolation: Rule = {
  name: "isolation",
  codes: ["MW0620", "MW0621", "MW0622", "MW0623", "MW0624"],
  description:
    "Allowed callers reach isolated destinations: over mutual TLS, with own identities, from the right namespaces.",
  check(context) {
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      const owners = callersLetIn(context.model, subject.name, value);
      if (owners === undefined) continue;
      checkMesh(context, subject, value);
      checkTermination(context, subject, value);
      checkTlsModes(context, subject, value);
      checkAccess(context, subject, value, owners);
    }
    for (const served of effectiveTables(context)) {
      const callers = callingProxiesOf(context, served.table);
      for (const { destination, path, report } of effectiveDestinations(context, served)) {
        const { target } = destination;
        if (target.kind !== "virtualDestination") continue;
        const denied = deniedCaller(context, callers, target.name);
        if (denied !== undefined) report("MW0623", [...path, target.kind], denied);
      }
    }
  },
};

function checkMesh(context: CheckContext, subject: Subject, value: VirtualDestination): void {
  const bare = placedBackends(context, value).filter(({ cluster }) => cluster.mesh === Mesh.None);
  const [first] = bare;
  if (first === undefined) return;
  const clusters = bare.map(({ cluster }) => cluster.name);
  context.findings.add("MW0620", subject, first.path, { destination: subject.name, clusters });
}

function checkTermination(context: CheckContext, subject: Subject, value: VirtualDestination): void {
  const fleet = context.model.Fleet.get(value.fleet);
  if (fleet === undefined || value.clientMode !== "tlsTermination") return;
  const backends = placedBackends(context, value).map(({ cluster }) => cluster);
  const callers = clusterPathsBetween(fleet.clusters, backends)
    .filter(({ route }) => route === "mutual-tls")
    .map(({ from }) => from.name);
  if (callers.length === 0) return;
  const facts = { destination: subject.name, callers: [...new Set(callers)] };
  context.findings.add("MW0624", subject, ["clientMode"], facts);
}

/** Isolation requires mutual TLS. */
function checkTlsModes(context: CheckContext, subject: Subject, value: VirtualDestination): void {
  const access = accessPolicyOf(context, value.policies);
  const callers = policyOf(context, value, "ClientTLSPolicy");
  const { tlsMode } = access?.value ?? {};
  if (access !== undefined && tlsMode !== undefined && tlsMode !== PeerTlsMode.Strict) {
    const facts = { kind: "AccessPolicy", policy: access.name, mode: tlsMode };
    context.findings.add("MW0622", subject, access.path, facts);
  }
  if (callers !== undefined && callers.value.mode !== "istioMutual") {
    const facts = { kind: "ClientTLSPolicy", policy: callers.name, mode: callers.value.mode };
    context.findings.add("MW0622", subject, callers.path, facts);
  }
}

function checkAccess(
  context: CheckContext,
  subject: Subject,
  value: VirtualDestination,
  owners: readonly OwningWorkspace[],
): void {
  const access = accessPolicyOf(context, value.policies);
  const fleet = context.model.Fleet.get(value.fleet);
  if (access === undefined || fleet === undefined) return;
  const isShut = ({ cluster, namespace }: ServiceAccountSelector): boolean =>
    namespace !== undefined &&
    !isDeferred(namespace) &&
    fleet.clusters.every(
      ({ name }) =>
        (cluster ?? name) !== name || !owners.some((each) => ownsNamespace(each.workspace, name, namespace)),
    );
  const shut = access.value.authorizations.flatMap(serviceAccountsOf).find(isShut);
  if (shut === undefined) return;
  context.findings.add("MW0621", subject, access.path, {
    policy: access.name,
    namespace: shut.namespace ?? "",
    workspaces: owners.map(({ name }) => name),
  });
}

/** Returns the first of these callers whose proxies an isolated destination denies, and all clusters where it does. */
function deniedCaller(
  context: CheckContext,
  callers: readonly CallingProxies[],
  destination: string,
): FactsOf<"MW0623"> | undefined {
  const value = context.model.VirtualDestination.get(destination);
  const owners = value && callersLetIn(context.model, destination, value);
  const [own] = owners ?? [];
  if (owners === undefined || own === undefined) return undefined;
  const denied = callers.filter(
    ({ namespace, cluster }) => !owners.some((each) => ownsNamespace(each.workspace, cluster.name, namespace)),
  );
  const [first] = denied;
  if (first === undefined) return undefined;
  const { gateway, namespace } = first;
  const alike = denied.filter((each) => each.gateway === gateway && each.namespace === namespace);
  const clusters = alike.map(({ cluster }) => cluster.name);
  return { destination, ...(gateway !== undefined && { gateway }), namespace, clusters, owner: own.name };
}
