import type { Subject } from "../../diagnostics/diagnostic.js";
import { meetingsOf, type Party } from "../facts/holdings.js";
import { everyOne, isFocused, type Rule } from "../rule.js";

interface SettingsParty extends Party {
  readonly subject: Subject;
}

export const duplicateSettings: Rule = {
  name: "duplicate-settings",
  codes: ["MW0637"],
  description: "A workspace has one WorkspaceSettings.",
  check(context) {
    for (const { subject, value } of everyOne(context, "WorkspaceSettings")) {
      const { workspace } = value;
      const fleet = context.model.Workspace.get(workspace)?.fleet;
      if (fleet === undefined) continue;
      const party: SettingsParty = {
        key: subject.name,
        isReported: isFocused(context, subject),
        exact: workspace,
        subject,
      };
      meetingsOf<SettingsParty>(context, "settings", fleet).meet(party, (one, other) =>
        context.findings.add("MW0637", one.subject, ["workspace"], { workspace, other: other.subject.name }),
      );
    }
  },
};
