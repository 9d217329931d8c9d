import { type OwningWorkspace, ownerOf } from "../../model/workspace.js";
import { inFocus, type Rule } from "../rule.js";

export const importWithoutExport: Rule = {
  name: "import-without-export",
  codes: ["MW0605"],
  description: "Whatever a workspace imports is exported to it, as far as the other side's settings are known.",
  check(context) {
    const { model, findings } = context;
    for (const { subject, value } of inFocus(context, "WorkspaceSettings")) {
      value.importFrom.forEach(({ workspaces }, entry) => {
        workspaces.forEach((reference, index) => {
          const other = ownerOf(model, reference);
          if (other?.settings === undefined || exportsTo(other, value.workspace)) return;
          const path = ["importFrom", entry, "workspaces", index];
          findings.add("MW0605", subject, path, { workspace: value.workspace, other: other.name });
        });
      });
    }

    function exportsTo({ settings }: OwningWorkspace, name: string): boolean {
      return (settings?.exportTo ?? []).some(({ workspaces }) =>
        workspaces.some((each) => ownerOf(model, each)?.name === name),
      );
    }
  },
};
