import type { z } from "zod";
import { type ReferenceToOneOf, referenceToOneOf } from "./schema.js";

/** The kinds that identify a workspace: the workspace alone, which shares nothing, or its settings. */
export type WorkspaceKind = "Workspace" | "WorkspaceSettings";

export const WORKSPACE_KINDS: readonly WorkspaceKind[] = ["Workspace", "WorkspaceSettings"];

export function isWorkspaceKind(kind: unknown): kind is WorkspaceKind {
  return WORKSPACE_KINDS.some((each) => each === kind);
}

/** A reference to a workspace. The kind is absent if a model file gives only the name. */
export type WorkspaceReference = ReferenceToOneOf<WorkspaceKind>;

/** A reference to a workspace or its settings. */
export const workspaceReference: z.ZodType<WorkspaceReference> = referenceToOneOf(WORKSPACE_KINDS, "Workspace");
