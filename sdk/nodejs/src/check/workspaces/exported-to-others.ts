import type { Path, Subject } from "../../diagnostics/diagnostic.js";
import { isDeferred } from "../../model/deferred.js";
import { clustersNamed } from "../../model/fleet.js";
import { shareable, shareableService, sharedWith } from "../../model/isolation.js";
import { mayClaimHost, mayClaimNamespace } from "../../model/may-claim.js";
import { namespacesOf, type OwningWorkspace } from "../../model/workspace.js";
import type { Shareable } from "../../model/workspace-settings.js";
import { type Belonging, holderOf, ownOf } from "../facts/holder.js";
import { heldPlacesOf } from "../facts/holdings.js";
import { type Toucher, touchNamespace } from "../facts/touch.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";
import { importsFrom, importsPlace, knownImports } from "./imported-places.js";

export const exportedToOthers: Rule = {
  name: "exported-to-others",
  codes: ["MW0641"],
  description:
    "A team's hosts reach callers of another team only if both teams' settings agree, or the operators consent.",
  check(context) {
    for (const { subject, value } of inFocus(context, "VirtualDestination"))
      checkExports(context, subject, value, shareable(subject.name, value));
    for (const { subject, value } of inFocus(context, "ExternalService"))
      checkExports(context, subject, value, shareableService(subject.name, value));
  },
};

interface Exported extends Belonging {
  readonly hosts: readonly string[];
  readonly clusters?: readonly string[];
  readonly exportTo?: readonly string[];
}

/** A destination that other teams' callers may see, and its hosts that the operators have not consented to. */
interface Offer extends Toucher {
  readonly resource: Shareable;
  readonly clusters: readonly string[];
  readonly hosts: readonly string[];
}

function checkExports(context: CheckContext, subject: Subject, value: Exported, resource: Shareable): void {
  const holder = holderOf(context, value);
  const { exportTo } = value;
  // `*` has its own rule
  if (holder === undefined || exportTo?.includes("*")) return;
  const { fleet, owner, consents } = holder;
  const hosts = value.hosts.filter((host) => !isDeferred(host) && !mayClaimHost(consents, host));
  if (hosts.length === 0) return;
  const clusters = clustersNamed(fleet, value.clusters).map(({ name }) => name);
  const shared = owner === undefined ? [] : sharedWith(context.model, owner, resource);
  const others = shared.filter(({ name }) => name !== owner?.name);
  const offer = { context, subject, holder, resource, clusters, hosts };
  exportTo?.forEach((namespace, index) => {
    if (!fleet.gatewayNamespaces.includes(namespace))
      checkNamespace({ ...offer, path: ["exportTo", index] }, namespace, others);
  });
  const path: Path = exportTo === undefined ? [] : ["exportTo"];
  for (const other of others)
    if (owner !== undefined && isSeenBy(offer, exportTo, other)) checkImport({ ...offer, path }, owner, other);
}

/** Reports a namespace of a workspace that the settings don't export to. */
function checkNamespace(offer: Offer, namespace: string, others: readonly OwningWorkspace[]): void {
  const { subject, path, hosts, clusters, holder } = offer;
  touchNamespace(offer, { clusters, namespace }, "MW0641", (findings, to) => {
    if (others.some(({ name }) => name === to)) return;
    findings.add("MW0641", subject, path, { hosts, to, ...ownOf(holder), lacks: "export" });
  });
}

/** True if callers in a workspace's own namespaces see a destination; gateways shared by teams don't count. */
function isSeenBy(
  { holder: { fleet, consents }, clusters }: Omit<Offer, "path">,
  exportTo: readonly string[] | undefined,
  { workspace }: OwningWorkspace,
): boolean {
  return namespacesOf(workspace, fleet).some(
    ({ cluster, namespace }) =>
      clusters.includes(cluster.name) &&
      !fleet.gatewayNamespaces.includes(namespace) &&
      (exportTo?.includes(namespace) ?? true) &&
      !mayClaimNamespace(consents, namespace),
  );
}

/**
 * Reports a workspace that receives an export and does not import it.
 *
 * Missing settings may follow later, including in another stack. A wildcard host does not wait for them, because it
 * captures names of anybody.
 */
function checkImport(offer: Offer, owner: OwningWorkspace, { name: to }: OwningWorkspace): void {
  const { context, subject, holder, path, hosts, resource } = offer;
  const known = knownImports(context, holder.fleetName, to);
  if (known.some((each) => importsFrom(each, owner.name, resource))) return;
  const isWide = hosts.some((host) => host.startsWith("*"));
  const facts = { hosts, to, own: owner.name, lacks: "import" as const };
  if (known.length > 0 || isWide) {
    context.findings.add("MW0641", subject, path, facts);
    return;
  }
  heldPlacesOf(context).touch(context.findings, importsPlace(holder.fleetName, to), {
    key: JSON.stringify(["MW0641", subject.kind, subject.name]),
    report: (findings, imports) => {
      if (!importsFrom(imports, owner.name, resource)) findings.add("MW0641", subject, path, facts);
    },
  });
}
