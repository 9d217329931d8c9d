import type { Subject } from "../../diagnostics/diagnostic.js";
import { clustersNamed } from "../../model/fleet.js";
import { ownerOf } from "../../model/workspace.js";
import type { WorkspaceReference } from "../../model/workspace-reference.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

export const workspaceOfAnotherFleet: Rule = {
  name: "workspace-of-another-fleet",
  codes: ["MW0645"],
  description: "A resource belongs to a workspace whose fleet has the resource's clusters; it owns nothing elsewhere.",
  check(context) {
    for (const kind of ["ExternalService", "RouteTable", "VirtualDestination", "VirtualGateway"] as const)
      for (const { subject, value } of inFocus(context, kind)) check(context, subject, value);
    for (const { subject, value } of inFocus(context, "TrimProxyConfigPolicy"))
      check(context, subject, { ...value, ...value.workloads });
  },
};

interface Belonging {
  readonly fleet: string;
  readonly workspace?: WorkspaceReference;
  readonly clusters?: readonly string[];
}

/** Fleets of other stacks are compared by the names of their clusters. */
function check({ model, findings }: CheckContext, subject: Subject, { fleet, workspace, clusters }: Belonging): void {
  const owner = ownerOf(model, workspace);
  const [own, other] = [model.Fleet.get(fleet), model.Fleet.get(owner?.workspace.fleet ?? "")];
  if (owner === undefined || own === undefined || other === undefined || own === other) return;
  const known = other.clusters.map(({ name }) => name);
  const missing = clustersNamed(own, clusters).find(({ name }) => !known.includes(name));
  if (missing === undefined) return;
  const facts = { workspace: owner.name, other: owner.workspace.fleet, fleet, cluster: missing.name };
  findings.add("MW0645", subject, ["workspace"], facts);
}
