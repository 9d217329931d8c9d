/** Kubernetes objects that a cluster's components would create, or that Istio's installation contains. */
import type { KubeConfig } from "@kubernetes/client-node";
import { applyObject, kubeRequest } from "../../cluster/kube-request.js";

/** Region and zone of a cluster's only node. */
export interface Place {
  readonly region: string;
  readonly zone: string;
}

/** Creates the node that runs all pods of a cluster. */
export async function applyNode(config: KubeConfig, name: string, { region, zone }: Place): Promise<void> {
  await applyObject(config, "/api/v1/nodes", {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name, labels: { "topology.kubernetes.io/region": region, "topology.kubernetes.io/zone": zone } },
  });
}

/** A pod as its kubelet reports it. */
export interface PodFacts {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly serviceAccount: string;
  readonly node: string;
  readonly address: string;
  readonly ports: readonly number[];
}

/** Creates a pod and reports it as running. */
export async function applyPod(
  config: KubeConfig,
  pod: PodFacts,
  { isReady }: { readonly isReady: boolean },
): Promise<void> {
  const { name, namespace, labels, serviceAccount, node, address, ports } = pod;
  const collection = `/api/v1/namespaces/${namespace}/pods`;
  const containers = [{ name: "app", image: "app", ports: ports.map((containerPort) => ({ containerPort })) }];
  const spec = { serviceAccountName: serviceAccount, nodeName: node, containers };
  const object = { apiVersion: "v1", kind: "Pod", metadata: { name, namespace, labels }, spec };
  await applyObject(config, collection, object);
  await setPodStatus(config, pod, { address, isReady });
}

/** Reports whether a pod is ready, as a kubelet does. */
export async function setPodStatus(
  config: KubeConfig,
  { name, namespace }: Pick<PodFacts, "name" | "namespace">,
  { address, isReady }: { readonly address: string; readonly isReady: boolean },
): Promise<void> {
  const status = isReady ? "True" : "False";
  const conditions = ["Initialized", "PodScheduled", "ContainersReady", "Ready"].map((type) => ({ type, status }));
  await kubeRequest(config, {
    method: "PATCH",
    path: `/api/v1/namespaces/${namespace}/pods/${name}/status`,
    contentType: "application/merge-patch+json",
    body: { status: { phase: "Running", podIP: address, podIPs: [{ ip: address }], conditions } },
  });
}

/** Replaces labels of a pod; `null` removes one. */
export async function labelPod(
  config: KubeConfig,
  { name, namespace }: Pick<PodFacts, "name" | "namespace">,
  labels: Readonly<Record<string, string | null>>,
): Promise<void> {
  await kubeRequest(config, {
    method: "PATCH",
    path: `/api/v1/namespaces/${namespace}/pods/${name}`,
    contentType: "application/merge-patch+json",
    body: { metadata: { labels } },
  });
}

/** Deletes a pod immediately. */
export async function deletePod(
  config: KubeConfig,
  { name, namespace }: Pick<PodFacts, "name" | "namespace">,
): Promise<void> {
  const path = `/api/v1/namespaces/${namespace}/pods/${name}?gracePeriodSeconds=0`;
  await kubeRequest(config, { method: "DELETE", path });
}

/** Creates a service account. */
export async function applyServiceAccount(config: KubeConfig, namespace: string, name: string): Promise<void> {
  const object = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace } };
  await applyObject(config, `/api/v1/namespaces/${namespace}/serviceaccounts`, object);
}

/** Creates a token that proves a pod's service account to istiod. */
export async function makeToken(config: KubeConfig, namespace: string, serviceAccount: string): Promise<string> {
  const { status } = await kubeRequest<{ status: { token: string } }>(config, {
    method: "POST",
    path: `/api/v1/namespaces/${namespace}/serviceaccounts/${serviceAccount}/token`,
    body: { spec: { audiences: ["istio-ca"], expirationSeconds: 24 * 3600 } },
  });
  return status.token;
}

/** Lets a gateway's service account read the secrets of its namespace, as Istio's installation does. */
export async function allowSecrets(config: KubeConfig, namespace: string, serviceAccount: string): Promise<void> {
  const group = "rbac.authorization.k8s.io";
  const name = `${serviceAccount}-secrets`;
  const rules = [{ apiGroups: [""], resources: ["secrets"], verbs: ["get", "watch", "list"] }];
  const collection = `/apis/${group}/v1/namespaces/${namespace}`;
  const role = { apiVersion: `${group}/v1`, kind: "Role", metadata: { name, namespace }, rules };
  const binding = {
    apiVersion: `${group}/v1`,
    kind: "RoleBinding",
    metadata: { name, namespace },
    roleRef: { apiGroup: group, kind: "Role", name },
    subjects: [{ kind: "ServiceAccount", name: serviceAccount, namespace }],
  };
  await applyObject(config, `${collection}/roles`, role);
  await applyObject(config, `${collection}/rolebindings`, binding);
}

/** Creates a Service for pods. */
export async function applyService(
  config: KubeConfig,
  service: {
    readonly name: string;
    readonly namespace: string;
    readonly selector: Readonly<Record<string, string>>;
    readonly ports: readonly { readonly name: string; readonly port: number; readonly targetPort: number }[];
  },
): Promise<void> {
  const { name, namespace, selector, ports } = service;
  const object = { apiVersion: "v1", kind: "Service", metadata: { name, namespace }, spec: { selector, ports } };
  await applyObject(config, `/api/v1/namespaces/${namespace}/services`, object);
}

/** Deletes a Service. */
export async function deleteService(config: KubeConfig, namespace: string, name: string): Promise<void> {
  await kubeRequest(config, { method: "DELETE", path: `/api/v1/namespaces/${namespace}/services/${name}` });
}

/** Creates a secret with a certificate, as TLS listeners expect it. */
export async function applyTlsSecret(
  config: KubeConfig,
  place: { readonly namespace: string; readonly name: string },
  { key, certificate, ca }: { readonly key: string; readonly certificate: string; readonly ca?: string },
): Promise<void> {
  const encode = (text: string): string => Buffer.from(text).toString("base64");
  const object = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: place,
    type: "kubernetes.io/tls",
    data: { "tls.crt": encode(certificate), "tls.key": encode(key), ...(ca !== undefined && { "ca.crt": encode(ca) }) },
  };
  await applyObject(config, `/api/v1/namespaces/${place.namespace}/secrets`, object);
}

/** Creates a secret with the CA certificates that a gateway trusts for TLS connections to others. */
export async function applyCaSecret(
  config: KubeConfig,
  place: { readonly namespace: string; readonly name: string },
  certificates: string,
): Promise<void> {
  const object = { apiVersion: "v1", kind: "Secret", metadata: place, stringData: { "ca.crt": certificates } };
  await applyObject(config, `/api/v1/namespaces/${place.namespace}/secrets`, object);
}

/** Gives an istiod access to another cluster's API server, where it discovers pods. */
export async function applyRemoteSecret(config: KubeConfig, cluster: string, kubeconfig: string): Promise<void> {
  const object = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: {
      name: `istio-remote-secret-${cluster}`,
      namespace: "istio-system",
      labels: { "istio/multiCluster": "true" },
    },
    stringData: { [cluster]: kubeconfig },
  };
  await applyObject(config, "/api/v1/namespaces/istio-system/secrets", object);
}
