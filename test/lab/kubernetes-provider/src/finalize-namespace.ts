import { ApiError } from "./api-error";
import type { Cluster } from "./cluster";
import { listableNamespacedKinds } from "./discovery";
import { isObject, type JsonObject, objectAt } from "./json";
import { nameOf } from "./kube-object";

/** Objects that controllers create in every namespace; they don't block its deletion. */
const FILLERS: ReadonlySet<string> = new Set([
  "serviceaccounts/default",
  "configmaps/kube-root-ca.crt",
  "configmaps/istio-ca-root-cert",
]);

/**
 * Does the work of the namespace controller, for a lab without one: removes the finalizer of an empty namespace that is
 * being deleted. Only with MESHWAY_LAB_FINALIZE_NAMESPACES=1. Returns the remaining contents.
 */
export async function finalizeNamespace(cluster: Cluster, live: JsonObject): Promise<string[]> {
  if (process.env.MESHWAY_LAB_FINALIZE_NAMESPACES !== "1") return [];
  if (live.kind !== "Namespace" || live.apiVersion !== "v1" || objectAt(live, "status").phase !== "Terminating")
    return [];
  const contents = await contentsOf(cluster, nameOf(live));
  const remaining = contents.filter(({ label }) => !FILLERS.has(label) && !label.startsWith("events/"));
  if (remaining.length > 0) return remaining.map(({ label }) => label);
  // Two APIs list each event, so it may be gone already; the namespace may have changed: the next call sees it.
  await Promise.all(contents.map(({ path }) => cluster.client.send({ method: "DELETE", path }).catch(ignorePassing)));
  const path = `/api/v1/namespaces/${nameOf(live)}`;
  const body = { ...live, spec: { ...objectAt(live, "spec"), finalizers: [] } };
  await cluster.client.send({ method: "PUT", path: `${path}/finalize`, body }).catch(ignorePassing);
  await releaseForeground(cluster, live, path);
  return [];
}

/** A namespace waits for a garbage collector even if the API server was told that there is none. */
async function releaseForeground(cluster: Cluster, live: JsonObject, path: string): Promise<void> {
  const { finalizers } = objectAt(live, "metadata");
  if (!Array.isArray(finalizers) || !finalizers.includes("foregroundDeletion")) return;
  const body = { metadata: { finalizers: finalizers.filter((name) => name !== "foregroundDeletion") } };
  const contentType = "application/merge-patch+json";
  await cluster.client.send({ method: "PATCH", path, body, contentType }).catch(ignorePassing);
}

function ignorePassing(error: unknown): void {
  if (!(error instanceof ApiError && (error.code === 404 || error.code === 409))) throw error;
}

async function contentsOf(cluster: Cluster, namespace: string): Promise<{ label: string; path: string }[]> {
  const kinds = await listableNamespacedKinds(cluster.client);
  const lists = await Promise.all(
    kinds.map(async ({ path, plural }) => {
      const folder = `${path}/namespaces/${namespace}/${plural}`;
      const { items } = await cluster.client.send({ method: "GET", path: folder, query: { limit: "50" } });
      const names = Array.isArray(items) ? items.filter(isObject).map((item) => nameOf(item)) : [];
      return names.map((name) => ({ label: `${plural}/${name}`, path: `${folder}/${name}` }));
    }),
  );
  return lists.flat();
}
