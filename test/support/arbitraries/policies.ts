import fc from "fast-check";
import { defined, maybe } from "./names.js";

const duration = fc.constantFrom("1ms", "10s", "1s500ms", "1h30m", "0.25s");

/** An outlier detection policy. */
export const outlierDetectionArgs = fc
  .record({
    consecutiveErrors: maybe(fc.integer({ min: 1, max: 9 })),
    consecutiveGatewayErrors: maybe(fc.integer({ min: 0, max: 9 })),
    interval: maybe(duration),
    baseEjectionTime: maybe(duration),
    maxEjectionPercent: maybe(fc.integer({ min: 1, max: 100 })),
  })
  .map(defined);

const [r1, r2] = [{ region: "r1" }, { region: "r2" }];
const deep = { region: "r2", zone: "z2", subZone: "s" };

const failovers = fc.subarray([
  { from: r1, to: [r2] },
  { from: r2, to: [r1] },
  { from: { region: "r3" }, to: [r1] },
]);

const distributions = fc
  .tuple(fc.constantFrom(r1, { ...r1, zone: "z1" }), fc.constantFrom(r2, deep), fc.integer({ min: 1, max: 99 }))
  .map(([near, far, share]) => [
    {
      from: near,
      to: [
        { ...near, weight: share },
        { ...far, weight: 100 - share },
      ],
    },
    { from: far, to: [{ ...far, weight: 100 }] },
  ]);

const priorityLabels = fc.oneof(
  fc.subarray(
    ["topology.kubernetes.io/region", "topology.kubernetes.io/zone", "topology.istio.io/network", "version"],
    {
      minLength: 1,
    },
  ),
  fc.subarray(["version=v1", "app="], { minLength: 1 }),
);

/** A failover policy that maps the regions of the fleets' arbitrary. */
export const failoverArgs = fc.oneof(
  fc.constant({}),
  failovers.map((localityMappings) => ({ localityMappings })),
  distributions.map((localityMappings) => ({ localityMappings })),
  priorityLabels.map((labels) => ({ priorityLabels: { labels } })),
);

/** Policies for a destination: mostly one of each kind that there is, sometimes outlier detection alone or none. */
export function policiesOf(
  failover: readonly string[],
  outlier: readonly string[],
): fc.Arbitrary<string[] | undefined> {
  const one = (kind: string, names: readonly string[]) =>
    names.length === 0 ? fc.constant<string[]>([]) : fc.constantFrom(...names).map((name) => [`${kind}/${name}`]);
  const both = fc
    .tuple(one("FailoverPolicy", failover), one("OutlierDetectionPolicy", outlier))
    .map(([first, second]) => (second.length === 0 ? [] : [...first, ...second]));
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: one("OutlierDetectionPolicy", outlier) },
    { weight: 3, arbitrary: both },
  );
}
