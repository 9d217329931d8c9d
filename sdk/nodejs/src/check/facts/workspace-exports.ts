import { type OwningWorkspace, ownerOf, type Workspaces } from "../../model/workspace.js";
import { isFor, type Shareable, type Sharing } from "../../model/workspace-settings.js";

/** The reasons why a workspace can't use a resource of another one. */
export interface Obstacles {
  /** The owner does not export the resource to the user. */
  readonly notExported: boolean;
  /** The user does not import the resource from the owner. */
  readonly notImported: boolean;
}

/**
 * Returns the reasons why a user can't use an owner's resource; undefined if it can. A user that is no workspace can't
 * import.
 */
export function obstaclesTo(
  model: Workspaces,
  user: OwningWorkspace | undefined,
  owner: OwningWorkspace,
  resource: Shareable,
): Obstacles | undefined {
  if (user?.name === owner.name) return undefined;
  const notExported = user === undefined || !shares(model, owner.settings?.exportTo, user, resource);
  const notImported = !shares(model, user?.settings?.importFrom, owner, resource);
  return notExported || notImported ? { notExported, notImported } : undefined;
}

/** True if a list of imports or exports covers a workspace and a resource. */
export function shares(
  model: Workspaces,
  sharings: readonly Sharing[] | undefined,
  other: OwningWorkspace,
  resource: Shareable,
): boolean {
  return (sharings ?? []).some(
    (each) =>
      isFor(each, resource) && each.workspaces.some((workspace) => ownerOf(model, workspace)?.name === other.name),
  );
}
