/** Names destinations: as `Destination` of networking.istio.io/v1, and as clusters of Envoy. Tried on upstream Envoy 1.40 and istiod 1.31. */
import type { Json } from "../../kube/object.js";
import type { PlannedTarget } from "../../plan/planned-target.js";

/** A destination as VirtualServices name it. */
export function renderDestination({ host, port, subset }: PlannedTarget): Json {
  return { host, port: { number: port }, ...(subset && { subset: subset.name }) };
}

/** The name of Envoy's cluster for a destination; istiod gives a gateway one for each host that its namespace sees (Istio: BuildSubsetKey). */
export function envoyCluster({ host, port, subset }: PlannedTarget): string {
  return `outbound|${port}|${subset?.name ?? ""}|${host}`;
}
