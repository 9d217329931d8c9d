/** The small world in which all cases of this folder live: one cluster, its pods, and addresses outside of it. Cases name ports as here. */

export const CLUSTER = "east";
export const FLEET = "prod";
export const GATEWAY_NAMESPACE = "gateways";
export const POD_NAMESPACE = "shop";

/** Labels of the one proxy, which every gateway chooses. */
export const PROXY_LABELS = { istio: "ingressgateway" };

/** Ports of gateways that clients use; where they are bound is decided anew for each run. */
export const GATEWAY_PORTS = [80, 8080, 8081, 8082] as const;

/** Ports at which pods and outside addresses listen; likewise. */
export const BACKEND_PORTS = [9001, 9002] as const;

export interface WorldPod {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ip: string;
}

/** Pods of three applications; one has two pods of one version. */
export const PODS: readonly WorldPod[] = [
  pod("a-v1-1", { app: "a", version: "v1" }, 1),
  pod("a-v1-2", { app: "a", version: "v1" }, 2),
  pod("a-v2", { app: "a", version: "v2" }, 3),
  pod("b-v1", { app: "b", version: "v1" }, 4),
  pod("b-v2", { app: "b", version: "v2" }, 5),
  pod("c", { app: "c" }, 6),
];

/** Addresses outside of the cluster. */
export const OUTSIDE: readonly string[] = ["127.0.2.1", "127.0.2.2", "127.0.2.3"];

function pod(name: string, labels: WorldPod["labels"], number: number): WorldPod {
  return { name, labels, ip: `127.0.1.${number}` };
}

/** Whether a pod carries all of these labels. */
export function hasLabels(pod: WorldPod, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(labels).every(([name, value]) => pod.labels[name] === value);
}
