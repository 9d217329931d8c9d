import type { z } from "zod";
import { type ReferenceToOneOf, referenceToOneOf } from "./schema.js";

/** What stands for a workspace: itself, which shares nothing, or its settings. */
export type WorkspaceKind = "Workspace" | "WorkspaceSettings";

export const WORKSPACE_KINDS: readonly WorkspaceKind[] = ["Workspace", "WorkspaceSettings"];

export function isWorkspaceKind(kind: unknown): kind is WorkspaceKind {
  return WORKSPACE_KINDS.some((each) => each === kind);
}

/** A workspace as a resource refers to it. The kind is absent where a model file gives the name alone. */
export type WorkspaceReference = ReferenceToOneOf<WorkspaceKind>;

/** A reference to a workspace or its settings. */
export const workspaceReference: z.ZodType<WorkspaceReference> = referenceToOneOf(WORKSPACE_KINDS, "Workspace");
