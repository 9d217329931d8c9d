/**
 * Names destinations: as `Destination` of networking.istio.io/v1, and as Envoy clusters. Tested with upstream Envoy
 * 1.40 and istiod 1.31.
 */
import type { Json } from "../../kube/object.js";
import type { PlannedTarget } from "../../plan/planned-target.js";

/** Renders a destination for VirtualServices. */
export function renderDestination({ host, port, subset }: PlannedTarget): Json {
  return { host, port: { number: port }, ...(subset && { subset: subset.name }) };
}

/**
 * Returns the name of a destination's Envoy cluster. Istiod gives a gateway one for each host that its namespace sees
 * (Istio: BuildSubsetKey).
 */
export function envoyCluster({ host, port, subset }: PlannedTarget): string {
  return `outbound|${port}|${subset?.name ?? ""}|${host}`;
}
