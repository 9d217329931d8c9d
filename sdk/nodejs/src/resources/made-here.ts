import type { ClusterConnection } from "./connection.js";
import { thisStack } from "./engine.js";
import type { Present } from "./live-objects.js";
import { indexOf } from "./noted.js";
import { hasProvider } from "./stack-export.js";
import type { StackState } from "./stack-state.js";

/**
 * Returns true if this stack created an object, rather than another stack of the same name.
 *
 * Another backend may have a stack of this name, and so may the successor of a renamed stack. The provider's ID
 * distinguishes them: the engine generates one for each provider, and stores it before it creates any object.
 */
export async function isMadeHere(
  { owner, way }: Present,
  connection: ClusterConnection,
  state: StackState,
): Promise<boolean> {
  const { id = "" } = way ?? {};
  if (owner?.stack !== thisStack() || id === "") return false;
  if (id === (await connection.way()).id || indexOf(state).providerIds.has(id)) return true;
  // a provider that was replaced before the state had any of its objects
  return hasProvider(id);
}
