import type { Path, Subject } from "../../diagnostics/diagnostic.js";
import { workspaceKindsOf } from "../../model/workspace.js";
import type { WorkspaceReference } from "../../model/workspace-reference.js";
import { type CheckContext, inFocus } from "../rule.js";

/** Reports references to workspaces that are missing or ambiguous in the model. */
export function referToWorkspaces(context: CheckContext): void {
  for (const kind of [
    "ExternalService",
    "RouteTable",
    "TrimProxyConfigPolicy",
    "VirtualDestination",
    "VirtualGateway",
  ] as const) {
    for (const { subject, value } of inFocus(context, kind))
      if (value.workspace !== undefined) refer(context, subject, ["workspace"], value.workspace);
  }
  for (const { subject, value } of inFocus(context, "RouteTable")) {
    value.http.forEach(({ action }, route) => {
      const workspace = action.kind === "delegate" ? action.selector?.workspace : undefined;
      if (workspace !== undefined)
        refer(context, subject, ["http", route, "delegate", "selector", "workspace"], workspace);
    });
  }
  for (const { subject, value } of inFocus(context, "VirtualGateway")) {
    value.listeners.forEach(({ allowedRouteTables }, listener) => {
      allowedRouteTables.forEach(({ workspaces = [] }, entry) => {
        for (const [index, reference] of workspaces.entries())
          refer(context, subject, ["listeners", listener, "allowedRouteTables", entry, "workspaces", index], reference);
      });
    });
  }
  for (const { subject, value } of inFocus(context, "VirtualGateway"))
    for (const [index, reference] of (value.guard?.workspaces ?? []).entries())
      refer(context, subject, ["guard", "workspaces", index], reference);
  for (const { subject, value } of inFocus(context, "WorkspaceSettings")) {
    refer(context, subject, ["workspace"], { kind: "Workspace", name: value.workspace });
    for (const field of ["importFrom", "exportTo"] as const) {
      value[field].forEach(({ workspaces }, entry) => {
        for (const [index, reference] of workspaces.entries())
          refer(context, subject, [field, entry, "workspaces", index], reference);
      });
    }
  }
}

function refer({ model, findings }: CheckContext, subject: Subject, path: Path, reference: WorkspaceReference): void {
  const { kind = "Workspace", name } = reference;
  const kinds = workspaceKindsOf(model, reference);
  if (kinds.length > 1) findings.add("MW0108", subject, path, { kind, name });
  if (kinds.length > 0) return;
  const settings = reference.kind === "Workspace" ? [] : [...model.WorkspaceSettings.keys()];
  const workspaces = reference.kind === "WorkspaceSettings" ? [] : [...model.Workspace.keys()];
  findings.add("MW0107", subject, path, { kind, found: name, known: [...new Set([...workspaces, ...settings])] });
}
