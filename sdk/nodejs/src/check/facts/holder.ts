import type { Fleet } from "../../model/fleet.js";
import type { Consents } from "../../model/may-claim.js";
import { type OwningWorkspace, ownerOf } from "../../model/workspace.js";
import type { WorkspaceReference } from "../../model/workspace-reference.js";
import type { CheckContext } from "../rule.js";

/** To whom a resource belongs, and what the operators let it claim. */
export interface Holder {
  readonly fleet: Fleet;
  readonly fleetName: string;
  /** Absent where it belongs to nobody. */
  readonly owner?: OwningWorkspace;
  readonly consents: Consents;
  /** Patterns of what they let it have proxies of others use. */
  readonly secrets: readonly string[];
}

/** What says to whom a resource belongs. */
export interface Belonging {
  readonly fleet: string;
  readonly workspace?: WorkspaceReference;
}

/** The holder of a resource; undefined where its fleet or its workspace is missing, which is reported as such. */
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

/** The holder's workspace, for a finding. */
export function ownOf({ owner }: Holder): { readonly own?: string } {
  return owner === undefined ? {} : { own: owner.name };
}
