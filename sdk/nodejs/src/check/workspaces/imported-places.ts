import { sharedWith } from "../../model/isolation.js";
import { ownerOf, type Workspaces } from "../../model/workspace.js";
import { isFor, type Shareable, type Sharing, type WorkspaceSettings } from "../../model/workspace-settings.js";
import { heldPlacesOf } from "../facts/holdings.js";
import type { Toucher } from "../facts/touch.js";
import { type CheckContext, everyOne, type Rule } from "../rule.js";

export const importedPlaces: Rule = {
  name: "imported-places",
  codes: [],
  description: "Exporting workspaces learn of imports regardless of declaration order.",
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

/** The place that stands for the imports of a workspace; its owners are the texts of these imports. */
export function importsPlace(fleet: string, workspace: string): string {
  return JSON.stringify(["imports", fleet, workspace]);
}

/** An entry of imports, with the workspace names that its references resolve to. */
interface Import extends Pick<Sharing, "resources"> {
  readonly from: readonly string[];
}

/** Serializes imports: exporters are checked without the settings that import from them. */
function importsText(model: Workspaces, { importFrom }: WorkspaceSettings): string {
  const imports = importFrom.map(
    ({ workspaces, resources }): Import => ({
      from: workspaces.flatMap((each) => ownerOf(model, each)?.name ?? []),
      ...(resources && { resources }),
    }),
  );
  return JSON.stringify(imports);
}

/** True if serialized imports cover a resource of a workspace. */
export function importsFrom(text: string, owner: string, resource: Shareable): boolean {
  const imports = JSON.parse(text) as readonly Import[];
  return imports.some(({ from, resources }) => {
    const sharing: Sharing = { workspaces: [], ...(resources && { resources }) };
    return from.includes(owner) && isFor(sharing, resource);
  });
}

/** Returns the serialized imports of a workspace; none if no settings are known so far. */
export function knownImports(context: CheckContext, fleet: string, workspace: string): readonly string[] {
  const { model } = context;
  const own = [...model.WorkspaceSettings.values()]
    .filter((settings) => settings.workspace === workspace && model.Workspace.get(workspace)?.fleet === fleet)
    .map((settings) => importsText(model, settings));
  return [...own, ...heldPlacesOf(context).ownersOf(importsPlace(fleet, workspace))];
}

/** True if the settings of both sides share a resource with a workspace. */
export function isAgreed(
  { context, holder: { fleetName, owner } }: Pick<Toucher, "context" | "holder">,
  resource: Shareable,
  to: string,
): boolean {
  if (owner === undefined) return false;
  const isExported = sharedWith(context.model, owner, resource).some(({ name }) => name === to);
  return isExported && knownImports(context, fleetName, to).some((each) => importsFrom(each, owner.name, resource));
}
