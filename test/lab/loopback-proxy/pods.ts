/** Pods without nodes: registered with an address where something else listens. */
import type { KubeConfig } from "@kubernetes/client-node";
import { applyObject, kubeRequest } from "../cluster/kube-request.js";

export interface FakePod {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /**
   * An address of this machine. EndpointSlices reject loopback; the pod's status, which ServiceEntries use, does not.
   */
  readonly ip: string;
}

/** Creates a pod and reports it as ready. */
export async function registerPod(config: KubeConfig, { name, namespace, labels, ip }: FakePod): Promise<void> {
  const pods = `/api/v1/namespaces/${namespace}/pods`;
  const spec = { nodeName: "nowhere", containers: [{ name: "app", image: "none" }] };
  await applyObject(config, pods, {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, labels },
    spec,
  } as Parameters<typeof applyObject>[2]);
  await kubeRequest(config, {
    method: "PATCH",
    path: `${pods}/${name}/status`,
    contentType: "application/strategic-merge-patch+json",
    body: {
      status: {
        phase: "Running",
        podIP: ip,
        podIPs: [{ ip }],
        conditions: [{ type: "Ready", status: "True", lastTransitionTime: "2026-01-01T00:00:00Z" }],
      },
    },
  });
}
