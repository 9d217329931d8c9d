import { z } from "zod";
import type { KindDefinition } from "./definition.js";
import type { Cluster, Fleet } from "./fleet.js";
import { clustersNamed } from "./fleet.js";
import { type WorkspaceGuard, workspaceGuardSchema } from "./guard.js";
import { type MayClaim, mayClaimSchema } from "./may-claim.js";
import { dnsLabel, fields, plainText, reference, someOf } from "./schema.js";
import { secretPattern } from "./secret-name.js";
import { WORKSPACE_KINDS, type WorkspaceKind, type WorkspaceReference } from "./workspace-reference.js";
import type { WorkspaceSettings } from "./workspace-settings.js";

/** The namespaces of one cluster, or of all clusters. */
export interface WorkloadCluster {
  readonly name?: string;
  readonly namespaces: readonly string[];
}

/** A team, defined by the namespaces that it owns. */
export interface Workspace {
  readonly fleet: string;
  readonly workloadClusters: readonly WorkloadCluster[];
  readonly mayClaim?: MayClaim;
  readonly mayUseSecrets: readonly string[];
  readonly guard?: WorkspaceGuard;
}

const namespaceSchema: z.ZodType<string> = fields({ name: plainText(dnsLabel) }).transform(({ name }) => name);

export const workspaceSchema: z.ZodType<Workspace> = fields({
  fleet: reference("Fleet"),
  workloadClusters: someOf(
    fields({ name: plainText().optional(), namespaces: someOf(namespaceSchema) }) satisfies z.ZodType<WorkloadCluster>,
  ),
  mayClaim: mayClaimSchema.optional(),
  mayUseSecrets: z.array(plainText(secretPattern)).default([]),
  guard: workspaceGuardSchema.optional(),
});

/** A namespace of a cluster. */
export interface OwnedNamespace {
  readonly cluster: Cluster;
  readonly namespace: string;
}

/** Returns the namespaces of a workspace, without duplicates. Skips unknown clusters, which a check reports. */
export function namespacesOf({ workloadClusters }: Workspace, fleet: Fleet): readonly OwnedNamespace[] {
  const found = new Map<string, OwnedNamespace>();
  for (const { name, namespaces } of workloadClusters)
    for (const cluster of clustersNamed(fleet, name === undefined ? undefined : [name]))
      for (const namespace of namespaces) found.set(`${cluster.name}/${namespace}`, { cluster, namespace });
  return [...found.values()];
}

/** True if a namespace of a cluster belongs to a workspace. */
export function ownsNamespace({ workloadClusters }: Workspace, cluster: string, namespace: string): boolean {
  return workloadClusters.some(
    ({ name, namespaces }) => (name === undefined || name === cluster) && namespaces.includes(namespace),
  );
}

/** The workspaces of a model and their settings. */
export interface Workspaces {
  readonly Workspace: ReadonlyMap<string, Workspace>;
  readonly WorkspaceSettings: ReadonlyMap<string, WorkspaceSettings>;
}

/** Returns the kinds with an object of this name: one, unless it is missing or the name is ambiguous. */
export function workspaceKindsOf(model: Workspaces, { kind, name }: WorkspaceReference): readonly WorkspaceKind[] {
  return WORKSPACE_KINDS.filter((each) => (kind ?? each) === each && model[each].has(name));
}

/** A workspace, and its settings. */
export interface OwningWorkspace {
  readonly name: string;
  readonly workspace: Workspace;
  readonly settings?: WorkspaceSettings;
}

/** Returns the workspace that a reference resolves to; undefined if it is missing or ambiguous. */
export function ownerOf(model: Workspaces, reference: WorkspaceReference | undefined): OwningWorkspace | undefined {
  if (reference === undefined) return undefined;
  const [kind, ...more] = workspaceKindsOf(model, reference);
  if (kind === undefined || more.length > 0) return undefined;
  const settings = kind === "WorkspaceSettings" ? model.WorkspaceSettings.get(reference.name) : undefined;
  const name = settings?.workspace ?? reference.name;
  const workspace = model.Workspace.get(name);
  return workspace && { name, workspace, ...(settings && { settings }) };
}

export const workspaceKind = {
  section: "workspaces",
  schema: workspaceSchema,
} as const satisfies KindDefinition<Workspace>;
