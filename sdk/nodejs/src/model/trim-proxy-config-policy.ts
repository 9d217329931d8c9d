import type { z } from "zod";
import type { KindDefinition } from "./definition.js";
import { choose, dnsLabel, fields, plainLabels, plainText, reference, someLabels, someOf, text } from "./schema.js";
import { type WorkspaceReference, workspaceReference } from "./workspace-reference.js";

/** Workloads with sidecars. */
export interface TrimmedWorkloads {
  readonly namespace: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly clusters?: readonly string[];
}

/** A destination that workloads call; Services are in their own cluster. */
export type IncludedDestination =
  | { readonly kind: "service"; readonly name: string; readonly namespace: string }
  | { readonly kind: "virtualDestination" | "externalService"; readonly name: string };

/** The destinations that the sidecars of some workloads know. */
export interface TrimProxyConfigPolicy {
  readonly fleet: string;
  readonly workspace?: WorkspaceReference;
  readonly workloads: TrimmedWorkloads;
  readonly includedDestinations: readonly IncludedDestination[];
}

const includedSchema: z.ZodType<IncludedDestination> = fields({
  service: fields({ name: text(dnsLabel), namespace: text(dnsLabel) }).optional(),
  virtualDestination: reference("VirtualDestination").optional(),
  externalService: reference("ExternalService").optional(),
}).transform((args, context): IncludedDestination => {
  const { service, virtualDestination, externalService = "" } = args;
  choose(args, ["service", "virtualDestination", "externalService"], context);
  if (service !== undefined) return { kind: "service", ...service };
  return virtualDestination === undefined
    ? { kind: "externalService", name: externalService }
    : { kind: "virtualDestination", name: virtualDestination };
});

export const trimProxyConfigPolicySchema: z.ZodType<TrimProxyConfigPolicy> = fields({
  fleet: reference("Fleet"),
  workspace: workspaceReference.optional(),
  workloads: fields({
    namespace: plainText(dnsLabel),
    labels: plainLabels.superRefine(someLabels).optional(),
    clusters: someOf(plainText()).optional(),
  }),
  includedDestinations: someOf(includedSchema),
});

export const trimProxyConfigPolicyKind = {
  section: "trimProxyConfigPolicies",
  schema: trimProxyConfigPolicySchema,
} as const satisfies KindDefinition<TrimProxyConfigPolicy>;
