import type { Path } from "../../diagnostics/diagnostic.js";
import type { CallerPolicyKind, DestinationPolicyKind } from "../../kinds/kinds.js";
import { isDeferred } from "../../model/deferred.js";
import type { Locality } from "../../model/fleet.js";
import { listedPolicies } from "../../model/policies.js";
import type { PolicyReference } from "../../model/policy-reference.js";
import type { ModelOf } from "../../model/registry.js";
import type { VirtualDestination } from "../../model/virtual-destination.js";
import type { CheckContext } from "../rule.js";

/** A policy of a destination or a gateway, and its path in the arguments. */
export interface PlacedPolicy<K extends CallerPolicyKind | DestinationPolicyKind> {
  readonly name: string;
  readonly value: ModelOf[K];
  readonly path: Path;
}

/** Returns the policy of a kind that a destination lists. */
export function policyOf<K extends DestinationPolicyKind>(
  { model }: CheckContext,
  { policies }: VirtualDestination,
  kind: K,
): PlacedPolicy<K> | undefined {
  const [first] = listedPolicies(model, policies, kind);
  return first && { name: first.name, value: first.value, path: ["policies", first.index] };
}

/** Returns the access policy that a destination or a gateway lists. */
export function accessPolicyOf(
  { model }: CheckContext,
  references: readonly PolicyReference[],
): PlacedPolicy<"AccessPolicy"> | undefined {
  const [first] = listedPolicies(model, references, "AccessPolicy");
  return first && { name: first.name, value: first.value, path: ["policies", first.index] };
}

/** Returns the failover policy of a destination. */
export function failoverOf(
  context: CheckContext,
  destination: VirtualDestination,
): PlacedPolicy<"FailoverPolicy"> | undefined {
  return policyOf(context, destination, "FailoverPolicy");
}

/** Formats a locality for a sentence: `us-east-1/a`. */
export function describeLocality({ region, zone, subZone }: Locality): string {
  return [region, zone, subZone].filter((part) => part !== undefined).join("/");
}

/** True if all parts of a locality are known. */
export function isKnownPlace(locality: Locality): boolean {
  return !isDeferred(describeLocality(locality));
}
