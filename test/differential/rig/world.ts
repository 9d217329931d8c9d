/**
 * The small world of all cases in this folder: one cluster, its pods, and addresses outside it. Cases use these port
 * numbers.
 */

export const CLUSTER = "east";
export const FLEET = "prod";
export const GATEWAY_NAMESPACE = "gateways";
export const POD_NAMESPACE = "shop";

/** Labels of the only proxy, which every gateway selects. */
export const PROXY_LABELS = { istio: "ingressgateway" };

/** Gateway ports that clients use; each run binds them to different ports. */
export const GATEWAY_PORTS = [80, 8080, 8081, 8082] as const;

/** Ports of pods and outside addresses; each run binds them to different ports too. */
export const BACKEND_PORTS = [9001, 9002] as const;

export interface WorldPod {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ip: string;
}

/** Pods of three applications; one has two pods of the same version. */
export const PODS: readonly WorldPod[] = [
  pod("a-v1-1", { app: "a", version: "v1" }, 1),
  pod("a-v1-2", { app: "a", version: "v1" }, 2),
  pod("a-v2", { app: "a", version: "v2" }, 3),
  pod("b-v1", { app: "b", version: "v1" }, 4),
  pod("b-v2", { app: "b", version: "v2" }, 5),
  pod("c", { app: "c" }, 6),
];

/** Addresses outside the cluster. */
export const OUTSIDE: readonly string[] = ["127.0.2.1", "127.0.2.2", "127.0.2.3"];

function pod(name: string, labels: WorldPod["labels"], number: number): WorldPod {
  return { name, labels, ip: `127.0.1.${number}` };
}

/** Returns true if a pod has all of these labels. */
export function hasLabels(pod: WorldPod, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(labels).every(([name, value]) => pod.labels[name] === value);
}
