/** How names of Services and pods end. */

/** The domain of Services that several clusters export to each other. */
export const CLUSTER_SET = "clusterset.local";

/** Search paths complete a name at every dot: `svc`, `svc.cluster` and `svc.cluster.local`, and the same of pods. */
export function suffixesOf(domain: string): readonly string[] {
  const labels = domain.split(".");
  return ["svc", "pod"].flatMap((kind) => {
    const whole = labels.map((_, index) => [kind, ...labels.slice(0, labels.length - index)].join("."));
    return kind === "svc" ? [...whole, kind] : whole;
  });
}
