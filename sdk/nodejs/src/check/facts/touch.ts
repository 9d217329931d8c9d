import type { Code } from "../../diagnostics/catalog.js";
import type { FactsOf, Path, Subject } from "../../diagnostics/diagnostic.js";
import type { Findings } from "../../diagnostics/report.js";
import { mayClaimNamespace } from "../../model/may-claim.js";
import { ownsNamespace } from "../../model/workspace.js";
import type { CheckContext } from "../rule.js";
import { type Holder, ownOf } from "./holder.js";
import { heldPlacesOf } from "./holdings.js";

/** The place that stands for a namespace of a cluster. */
export function namespacePlace(fleet: string, cluster: string, namespace: string): string {
  return JSON.stringify([fleet, cluster, namespace]);
}

/** The place that every workspace of a fleet owns: touches there matter once the fleet has a workspace. */
export function fleetPlace(fleet: string): string {
  return JSON.stringify([fleet]);
}

/** Stands for all workspaces of a fleet. */
export const ANY_TEAM = "*";

/** A resource, its owner, and the path in its arguments that touches something. */
export interface Toucher {
  readonly context: CheckContext;
  readonly subject: Subject;
  readonly holder: Holder;
  readonly path: Path;
}

/** Touches something that is off limits for teams: reported once the program has a workspace of the fleet. */
export function touchFleet<C extends Code>(
  { context, subject, holder, path }: Toucher,
  code: C,
  facts: FactsOf<C>,
): void {
  heldPlacesOf(context).touch(context.findings, fleetPlace(holder.fleetName), {
    key: JSON.stringify([code, subject.kind, subject.name, path]),
    report: (findings) => findings.add(code, subject, path, facts),
  });
}

/** Touches a namespace of some clusters: reported if another workspace owns it, unless the operators consent. */
export function touchNamespace(
  { context, subject, holder, path }: Toucher,
  { clusters, namespace }: { readonly clusters: readonly string[]; readonly namespace: string },
  code: Code,
  add: (findings: Findings, owner: string) => void,
): void {
  if (mayClaimNamespace(holder.consents, namespace)) return;
  const { owner } = holder;
  for (const cluster of clusters) {
    if (owner !== undefined && ownsNamespace(owner.workspace, cluster, namespace)) continue;
    heldPlacesOf(context).touch(context.findings, namespacePlace(holder.fleetName, cluster, namespace), {
      key: JSON.stringify([code, subject.kind, subject.name, path]),
      ...ownOf(holder),
      report: add,
    });
  }
}
