import type { Path } from "../diagnostics/diagnostic.js";
import { isDeferred } from "../model/deferred.js";
import type { FailoverPolicy } from "../model/failover-policy.js";
import type { Locality } from "../model/fleet.js";
import { listedPolicies } from "../model/policy.js";
import type { VirtualDestination } from "../model/virtual-destination.js";
import type { CheckContext } from "./rule.js";

/** A failover policy of a destination, and its place in the destination's arguments. */
export interface PlacedFailover {
  readonly name: string;
  readonly value: FailoverPolicy;
  readonly path: Path;
}

/** The failover policy of a destination. */
export function failoverOf({ model }: CheckContext, { policies }: VirtualDestination): PlacedFailover | undefined {
  const [first] = listedPolicies(model, policies, "FailoverPolicy");
  return first && { name: first.name, value: first.value, path: ["policies", first.index] };
}

/** A locality for a sentence: `us-east-1/a`. */
export function placeOf({ region, zone, subZone }: Locality): string {
  return [region, zone, subZone].filter((part) => part !== undefined).join("/");
}

/** Whether a locality is known in all its parts. */
export function isKnownPlace(locality: Locality): boolean {
  return !isDeferred(placeOf(locality));
}
