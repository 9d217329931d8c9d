import fc from "fast-check";
import { defined, distinct, maybe, namespace, someLabels } from "./names.js";

const service = fc.constantFrom({ name: "frontend", namespace: "shop" }, { name: "frontend", namespace: "web" });

/** A policy that limits the egress of sidecars to some of these destinations, in some of these clusters. */
export function trimArgs(
  clusters: readonly string[],
  { virtualDestinations, externalServices }: Readonly<Record<"virtualDestinations" | "externalServices", object>>,
) {
  const included = fc.oneof(
    service.map((each) => ({ service: each })),
    ...Object.keys(virtualDestinations).map((name) => fc.constant({ virtualDestination: name })),
    ...Object.keys(externalServices).map((name) => fc.constant({ externalService: name })),
  );
  const workloads = fc
    .record({
      namespace,
      labels: maybe(someLabels),
      clusters: fc.constantFrom(undefined, undefined, clusters.slice(0, 1)),
    })
    .map(defined);
  return fc.record({
    fleet: fc.constant("prod"),
    workloads,
    includedDestinations: distinct<object>(included, (each) => JSON.stringify(each), 1, 4),
  });
}
