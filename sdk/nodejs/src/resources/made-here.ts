import type { Connection } from "./connection.js";
import { thisStack } from "./engine.js";
import type { Present } from "./live-objects.js";
import { indexOf } from "./noted.js";
import { hasProvider } from "./stack-export.js";
import type { StackState } from "./stack-state.js";

/**
 * Whether this very stack made an object.
 *
 * A stack of another backend may have the same name, and so may the successor of one that was renamed. The ID of the provider by which the object
 * came tells them apart: the engine makes one up for each provider, and the state has it before any object is made.
 */
export async function isMadeHere({ owner, way }: Present, connection: Connection, state: StackState): Promise<boolean> {
  const { id = "" } = way ?? {};
  if (owner?.stack !== thisStack() || id === "") return false;
  if (id === (await connection.way()).id || indexOf(state).providerIds.has(id)) return true;
  // one that was replaced before it had noted objects
  return hasProvider(id);
}
