/** Maps trimmed workloads to `Sidecar` of networking.istio.io/v1. */
import type { KubeObject } from "../../kube/object.js";
import type { PlannedEgressScope } from "../../plan/types.js";
import { istioObject } from "./object.js";

/** Renders the egress scope of some workloads; each host is listed on its own, in any namespace. */
export function renderSidecar({ maker, namespace, labels, hosts }: PlannedEgressScope): KubeObject {
  return istioObject(
    "Sidecar",
    maker,
    { namespace },
    {
      ...(labels && { workloadSelector: { labels } }),
      egress: [{ hosts: hosts.map((host) => `*/${host}`) }],
    },
  );
}
