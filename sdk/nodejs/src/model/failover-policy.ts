import { z } from "zod";
import type { Leaf } from "./deferred.js";
import type { KindDefinition } from "./definition.js";
import { type Locality, localityFields, localitySchema, zoneOfSubZone } from "./fleet.js";
import { choose, fields, labelKey, refineLabelValue, someOf, text, wholeNumber } from "./schema.js";

/** A target for a locality's requests; the weight, if any, is its share. */
export interface LocalityTarget extends Locality {
  readonly weight?: Leaf<number>;
}

/** The targets for the requests of one locality. */
export interface LocalityMapping {
  readonly from: Locality;
  readonly to: readonly LocalityTarget[];
}

/** The endpoints that callers prefer: by mappings, by labels, or otherwise by proximity. */
export interface FailoverPolicy {
  readonly localityMappings: readonly LocalityMapping[];
  readonly priorityLabels: readonly string[];
}

/** True if a policy has weights: it then distributes requests, and provides no failover. */
export function distributes({ localityMappings }: FailoverPolicy): boolean {
  return localityMappings.some(({ to }) => to.some(({ weight }) => weight !== undefined));
}

/** Splits a priority label into its key and optional value. */
export function keyAndValue(label: string): { readonly key: string; readonly value?: string } {
  const at = label.indexOf("=");
  return at < 0 ? { key: label } : { key: label.slice(0, at), value: label.slice(at + 1) };
}

/** True if a locality covers every place that the other one covers. */
export function localityCovers(outer: Locality, inner: Locality): boolean {
  return (["region", "zone", "subZone"] as const).every(
    (field) => outer[field] === undefined || outer[field] === inner[field],
  );
}

const targetSchema: z.ZodType<LocalityTarget> = fields({
  ...localityFields,
  weight: wholeNumber(1, 100).optional(),
}).superRefine(zoneOfSubZone);

const mappingSchema: z.ZodType<LocalityMapping> = fields({ from: localitySchema, to: someOf(targetSchema) });

const labelSchema = text((label, context) => {
  const { key, value } = keyAndValue(label);
  labelKey(key, context);
  if (value !== undefined) refineLabelValue(value, context);
});

export const failoverPolicySchema: z.ZodType<FailoverPolicy> = fields({
  localityMappings: z.array(mappingSchema).optional(),
  priorityLabels: fields({ labels: someOf(labelSchema) }).optional(),
}).transform((args, context) => {
  choose(args, ["localityMappings", "priorityLabels"], context, true);
  return { localityMappings: args.localityMappings ?? [], priorityLabels: args.priorityLabels?.labels ?? [] };
});

export const failoverPolicyKind = {
  section: "failoverPolicies",
  schema: failoverPolicySchema,
} as const satisfies KindDefinition<FailoverPolicy>;
