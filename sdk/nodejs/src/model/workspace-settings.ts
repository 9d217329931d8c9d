import { z } from "zod";
import { SharedKind } from "../args/workspace-settings.js";
import { isDeferred } from "./deferred.js";
import type { KindDefinition } from "./definition.js";
import { carries } from "./labels.js";
import { dnsLabel, fields, plainLabels, plainText, raise, reference, someLabels, someOf } from "./schema.js";
import { type WorkspaceReference, workspaceReference } from "./workspace-reference.js";

/** Resources that match all fields present. */
export interface SharedResources {
  readonly kind: SharedKind;
  readonly labels?: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly namespace?: string;
  readonly cluster?: string;
}

/** Resources shared with some workspaces; all resources if none are named. */
export interface Sharing {
  readonly workspaces: readonly WorkspaceReference[];
  readonly resources?: readonly SharedResources[];
}

/** The exports and imports of a workspace. */
export interface WorkspaceSettings {
  readonly workspace: string;
  readonly importFrom: readonly Sharing[];
  readonly exportTo: readonly Sharing[];
  readonly serviceIsolation: boolean;
}

const resourcesSchema: z.ZodType<SharedResources> = fields({
  kind: plainText().pipe(z.enum(SharedKind)).default(SharedKind.All),
  labels: plainLabels.superRefine(someLabels).optional(),
  name: plainText().optional(),
  namespace: plainText(dnsLabel).optional(),
  cluster: plainText().optional(),
}).superRefine(({ kind, labels, namespace, cluster }, context) => {
  if (labels !== undefined && kind === SharedKind.Service) raise(context, "MW0515", { field: "labels", with: kind });
  if (namespace !== undefined && kind === SharedKind.RouteTable)
    raise(context, "MW0515", { field: "namespace", with: kind });
  if (cluster !== undefined && kind !== SharedKind.Service) raise(context, "MW0515", { field: "cluster", with: kind });
});

const sharingSchema: z.ZodType<Sharing> = fields({
  workspaces: someOf(workspaceReference),
  resources: someOf(resourcesSchema).optional(),
});

export const workspaceSettingsSchema: z.ZodType<WorkspaceSettings> = fields({
  workspace: reference("Workspace"),
  importFrom: z.array(sharingSchema).default([]),
  exportTo: z.array(sharingSchema).default([]),
  options: fields({ serviceIsolation: fields({ enabled: z.boolean() }).optional() }).default({}),
}).transform(({ options, ...settings }) => ({
  ...settings,
  serviceIsolation: options.serviceIsolation?.enabled ?? false,
}));

/** A resource that can be shared. Names and namespaces of Services may not be known yet. */
export interface Shareable {
  readonly kind: Exclude<SharedKind, "ALL">;
  readonly name: string;
  /** The namespaces of the resource: one, those of a virtual destination's pods, or none for a route table. */
  readonly namespaces: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly cluster?: string;
}

/** True if an entry of a workspace's imports or exports covers a resource; unknown values count as matching. */
export function isFor({ resources }: Sharing, resource: Shareable): boolean {
  return resources?.some((filter) => fits(filter, resource)) ?? true;
}

/** True if an entry of a workspace's exports covers pods of a namespace; what they are there for is not known. */
export function coversPods(
  { resources }: Sharing,
  { cluster, namespace }: { cluster: string; namespace: string },
): boolean {
  return (
    resources?.some(
      (filter) =>
        OF_PODS.has(filter.kind) &&
        (filter.namespace ?? namespace) === namespace &&
        (filter.cluster ?? cluster) === cluster,
    ) ?? true
  );
}

/** The kinds of resources that lead to pods of the workspace's namespaces. */
const OF_PODS: ReadonlySet<SharedKind> = new Set([SharedKind.All, SharedKind.Service, SharedKind.VirtualDestination]);

function fits(filter: SharedResources, { kind, name, namespaces, labels, cluster }: Shareable): boolean {
  const is = (wanted: string | undefined, found: string) =>
    wanted === undefined || wanted === found || isDeferred(found);
  return (
    (filter.kind === SharedKind.All || filter.kind === kind) &&
    carries(labels ?? {}, filter.labels ?? {}) &&
    is(filter.name, name) &&
    (filter.namespace === undefined ||
      (namespaces.length > 0 && namespaces.every((namespace) => is(filter.namespace, namespace)))) &&
    (filter.cluster === undefined || filter.cluster === cluster)
  );
}

export const workspaceSettingsKind = {
  section: "workspaceSettings",
  schema: workspaceSettingsSchema,
} as const satisfies KindDefinition<WorkspaceSettings>;
