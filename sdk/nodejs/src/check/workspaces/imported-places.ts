import { sharedWith } from "../../model/isolation.js";
import { ownerOf, type Workspaces } from "../../model/workspace.js";
import { isFor, type Shareable, type Sharing, type WorkspaceSettings } from "../../model/workspace-settings.js";
import { heldPlacesOf } from "../facts/holdings.js";
import type { Toucher } from "../facts/touch.js";
import { type CheckContext, everyOne, type Rule } from "../rule.js";

export const importedPlaces: Rule = {
  name: "imported-places",
  codes: [],
  description: "What workspaces import is known to those that export to them, whether declared before or after.",
  check(context) {
    for (const { value } of everyOne(context, "WorkspaceSettings")) {
      const fleet = context.model.Workspace.get(value.workspace)?.fleet;
      if (fleet !== undefined)
        heldPlacesOf(context).own(
          context.findings,
          importsPlace(fleet, value.workspace),
          importsText(context.model, value),
        );
    }
  },
};

/** The place that the imports of a workspace are; its owners are the texts of what its settings import. */
export function importsPlace(fleet: string, workspace: string): string {
  return JSON.stringify(["imports", fleet, workspace]);
}

/** An entry of imports, with the names of the workspaces behind its references. */
interface Import extends Pick<Sharing, "resources"> {
  readonly from: readonly string[];
}

/** Imports as a text: who exports is checked without the settings that import from it. */
function importsText(model: Workspaces, { importFrom }: WorkspaceSettings): string {
  const imports = importFrom.map(
    ({ workspaces, resources }): Import => ({
      from: workspaces.flatMap((each) => ownerOf(model, each)?.name ?? []),
      ...(resources && { resources }),
    }),
  );
  return JSON.stringify(imports);
}

/** Whether imports, as a text, are for a resource of a workspace. */
export function importsFrom(text: string, owner: string, resource: Shareable): boolean {
  const imports = JSON.parse(text) as readonly Import[];
  return imports.some(({ from, resources }) => {
    const sharing: Sharing = { workspaces: [], ...(resources && { resources }) };
    return from.includes(owner) && isFor(sharing, resource);
  });
}

/** What the settings of a workspace import, as texts; none where no settings are known so far. */
export function knownImports(context: CheckContext, fleet: string, workspace: string): readonly string[] {
  const { model } = context;
  const own = [...model.WorkspaceSettings.values()]
    .filter((settings) => settings.workspace === workspace && model.Workspace.get(workspace)?.fleet === fleet)
    .map((settings) => importsText(model, settings));
  return [...own, ...heldPlacesOf(context).ownersOf(importsPlace(fleet, workspace))];
}

/** Whether both sides' settings say that a workspace gets a resource. */
export function isAgreed(
  { context, holder: { fleetName, owner } }: Pick<Toucher, "context" | "holder">,
  resource: Shareable,
  to: string,
): boolean {
  if (owner === undefined) return false;
  const isExported = sharedWith(context.model, owner, resource).some(({ name }) => name === to);
  return isExported && knownImports(context, fleetName, to).some((each) => importsFrom(each, owner.name, resource));
}
