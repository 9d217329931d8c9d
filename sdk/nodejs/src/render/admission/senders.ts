import type { PlannedWorkspaceGuard } from "../../plan/guards.js";
import { isSentBy } from "./cel.js";

/** Variables: the sender is a member of the team, or a guest of it. */
export function senderVariables({ writers, guests }: PlannedWorkspaceGuard): Readonly<Record<string, string>> {
  return { isWriter: isSentBy(writers), isGuest: `!variables.isWriter && (${isSentBy(guests)})` };
}
