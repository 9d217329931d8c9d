import type { Fleet } from "../../model/fleet.js";
import type { Consents } from "../../model/may-claim.js";
import { type OwningWorkspace, ownerOf } from "../../model/workspace.js";
import type { WorkspaceReference } from "../../model/workspace-reference.js";
import type { CheckContext } from "../rule.js";

/** The owner of a resource, and the claims that the operators consent to. */
export interface Holder {
  readonly fleet: Fleet;
  readonly fleetName: string;
  /** Absent if no workspace owns the resource. */
  readonly owner?: OwningWorkspace;
  readonly consents: Consents;
  /** Patterns of the secrets and files that the operators let other teams' proxies use for it. */
  readonly secrets: readonly string[];
}

/** The arguments that determine a resource's owner. */
export interface Belonging {
  readonly fleet: string;
  readonly workspace?: WorkspaceReference;
}

/** Returns the holder of a resource; undefined if its fleet or workspace is missing, which has its own finding. */
export function holderOf({ model }: CheckContext, { fleet: fleetName, workspace }: Belonging): Holder | undefined {
  const fleet = model.Fleet.get(fleetName);
  const owner = ownerOf(model, workspace);
  if (fleet === undefined || (owner === undefined && workspace !== undefined)) return undefined;
  return {
    fleet,
    fleetName,
    ...(owner && { owner }),
    consents: [fleet.mayClaim, owner?.workspace.mayClaim],
    secrets: [...fleet.mayUseSecrets, ...(owner?.workspace.mayUseSecrets ?? [])],
  };
}

/** The holder's workspace, as a fact of a finding. */
export function ownOf({ owner }: Holder): { readonly own?: string } {
  return owner === undefined ? {} : { own: owner.name };
}
