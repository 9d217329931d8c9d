/** Suffixes of Service and pod names. */

/** The domain of Services that clusters export to each other. */
export const CLUSTER_SET = "clusterset.local";

/**
 * Returns the suffixes that DNS search paths may complete: `svc`, `svc.cluster` and `svc.cluster.local`, and the same
 * for pods.
 */
export function suffixesOf(domain: string): readonly string[] {
  const labels = domain.split(".");
  return ["svc", "pod"].flatMap((kind) => {
    const whole = labels.map((_, index) => [kind, ...labels.slice(0, labels.length - index)].join("."));
    return kind === "svc" ? [...whole, kind] : whole;
  });
}
