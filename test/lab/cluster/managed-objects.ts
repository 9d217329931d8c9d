/** Finds Meshway's objects in a cluster by label. */
import type { KubeConfig, KubernetesListObject, KubernetesObject } from "@kubernetes/client-node";
import { collectionPath, listCrds } from "./crds.js";
import { applyObject, kubeRequest } from "./kube-request.js";

export interface ManagedObject {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

const SELECTOR = `labelSelector=${encodeURIComponent("app.kubernetes.io/managed-by=meshway")}`;
// Core kinds that a program might create besides Istio's objects.
const CORE_COLLECTIONS = [
  ["Service", "/api/v1/services"],
  ["Secret", "/api/v1/secrets"],
  ["ConfigMap", "/api/v1/configmaps"],
] as const;

/** Returns the labeled objects of all custom kinds and the usual core kinds, sorted. */
export async function listManaged(config: KubeConfig): Promise<ManagedObject[]> {
  const custom = (await listCrds(config)).map((crd) => [crd.spec.names.kind, collectionPath(crd)] as const);
  const lists = await Promise.all(
    [...custom, ...CORE_COLLECTIONS].map(([kind, path]) => listCollection(config, kind, path)),
  );
  const sortKey = ({ kind, namespace, name }: ManagedObject) => `${kind}/${namespace}/${name}`;
  return lists.flat().sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

/** Creates missing namespaces. */
export async function ensureNamespaces(config: KubeConfig, names: readonly string[]): Promise<void> {
  const apply = (name: string) =>
    applyObject(config, "/api/v1/namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name } });
  await Promise.all(names.map(apply));
}

async function listCollection(config: KubeConfig, kind: string, path: string): Promise<ManagedObject[]> {
  type List = KubernetesListObject<KubernetesObject>;
  const { items } = await kubeRequest<List>(config, { method: "GET", path: `${path}?${SELECTOR}` });
  return items.map(({ metadata }) => ({
    kind,
    namespace: metadata?.namespace ?? "",
    name: metadata?.name ?? "",
  }));
}
