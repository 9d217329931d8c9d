/** Installs the CRDs of Istio and the Gateway API. */
import { readFile } from "node:fs/promises";
import type { KubeConfig, KubernetesListObject, V1CustomResourceDefinition } from "@kubernetes/client-node";
import { parseAllDocuments } from "yaml";
import { poll } from "../processes/poll.js";
import { applyObject, kubeRequest } from "./kube-request.js";

const CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

/** Applies CRDs server-side, and waits until the API server serves them all. */
export async function installCrds(config: KubeConfig, crds: readonly V1CustomResourceDefinition[]): Promise<void> {
  await Promise.all(crds.map((crd) => applyObject(config, CRDS, crd)));
  const served = await poll(
    async () => {
      const established = new Set((await listCrds(config)).filter(isEstablished).map(({ metadata }) => metadata?.name));
      return crds.every(({ metadata }) => established.has(metadata?.name));
    },
    { timeoutMs: 60_000 },
  );
  if (!served) throw new Error("the API server did not establish every CRD within 60 s");
  // The first request for a kind is refused while its storage starts; clients that don't retry must not see that.
  await Promise.all(crds.map((crd) => kubeRequest(config, { method: "GET", path: `${collectionPath(crd)}?limit=1` })));
}

/** Returns the path of a kind's objects in all namespaces. */
export function collectionPath({ spec }: V1CustomResourceDefinition): string {
  const version = spec.versions.find(({ storage }) => storage)?.name ?? "";
  return `/apis/${spec.group}/${version}/${spec.names.plural}`;
}

/** Returns the CRDs of a cluster. */
export async function listCrds(config: KubeConfig): Promise<V1CustomResourceDefinition[]> {
  const list = await kubeRequest<KubernetesListObject<V1CustomResourceDefinition>>(config, {
    method: "GET",
    path: CRDS,
  });
  return list.items;
}

/** Reads the CRDs in manifest files. */
export async function readCrds(files: readonly string[]): Promise<V1CustomResourceDefinition[]> {
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
  const objects = texts.flatMap((text) =>
    parseAllDocuments(text).map((document): V1CustomResourceDefinition | null => document.toJS()),
  );
  // The Gateway API's folder also contains an admission policy for upgrades, which a new cluster doesn't need.
  return objects.filter((object) => object !== null).filter(({ kind }) => kind === "CustomResourceDefinition");
}

function isEstablished({ status }: V1CustomResourceDefinition): boolean {
  return status?.conditions?.some(({ type, status: value }) => type === "Established" && value === "True") ?? false;
}
