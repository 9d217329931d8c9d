/** Inspects and modifies one cluster of the lab, as people do with kubectl. */
import { PLURALS } from "../../support/istio-kinds.js";

type KubeConfig = import("@kubernetes/client-node", { with: { "resolution-mode": "import" }}).KubeConfig;

/** An object as the API server returns it. */
export interface LiveObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly deletionTimestamp?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: Readonly<Record<string, unknown>>;
}

const GROUP = "networking.istio.io";
const CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
export class Cluster {
  constructor(private readonly config: KubeConfig) {}

  /** Returns the objects with Meshway's label, as `Kind namespace/name`, sorted. */
  async objects(): Promise<string[]> {
    const { listManaged } = await import("../../lab/cluster/managed-objects.js");
    const found = await listManaged(this.config);
    return found.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`);
  }

  /** Returns one object, by its name in `objects`. */
  async get(id: string): Promise<LiveObject> {
    return this.request<LiveObject>({ method: "GET", path: pathOf(id) });
  }

  async has(id: string): Promise<boolean> {
    const { KubeRequestError } = await import("../../lab/cluster/kube-request.js");
    try {
      await this.get(id);
      return true;
    } catch (error) {
      if (error instanceof KubeRequestError && error.status === 404) return false;
      throw error;
    }
  }

  /** Returns the uid of each object with Meshway's label. */
  async uids(): Promise<Record<string, string | undefined>> {
    const ids = await this.objects();
    return Object.fromEntries(
      await Promise.all(ids.map(async (id) => [id, (await this.get(id)).metadata.uid] as const)),
    );
  }

  /** Returns the annotations of each object with Meshway's label. */
  async annotations(): Promise<Record<string, Readonly<Record<string, string>>>> {
    const ids = await this.objects();
    return Object.fromEntries(
      await Promise.all(ids.map(async (id) => [id, (await this.get(id)).metadata.annotations ?? {}] as const)),
    );
  }

  /** Applies server-side as another field manager, with force. */
  async applyAs(
    manager: string,
    id: string,
    spec: Readonly<Record<string, unknown>>,
    annotations?: Readonly<Record<string, string>>,
  ): Promise<void> {
    const [kind = "", place = ""] = id.split(" ");
    const [namespace = "", name = ""] = place.split("/");
    await this.request({
      method: "PATCH",
      path: `${pathOf(id)}?fieldManager=${manager}&force=true`,
      contentType: "application/apply-patch+yaml",
      body: {
        apiVersion: `${GROUP}/v1`,
        kind,
        metadata: { name, namespace, ...(annotations && { annotations }) },
        spec,
      },
    });
  }

  /** Patches an object like `kubectl patch --type=json`. */
  async patch(id: string, ...operations: readonly JsonPatch[]): Promise<void> {
    await this.request({
      method: "PATCH",
      path: `${pathOf(id)}?fieldManager=kubectl-patch`,
      contentType: "application/json-patch+json",
      body: operations,
    });
  }

  async delete(id: string): Promise<void> {
    await this.request({ method: "DELETE", path: pathOf(id) });
  }

  /** Deletes every Meshway object. */
  async wipe(): Promise<void> {
    await Promise.all((await this.objects()).filter((id) => !id.startsWith("Secret")).map((id) => this.delete(id)));
  }

  /** Deletes a CRD and waits until the API server drops it; returns a function that restores it. */
  async removeKind(kind: string): Promise<() => Promise<void>> {
    const { poll } = await import("../../lab/processes/poll.js");
    const { installCrds, listCrds } = await import("../../lab/cluster/crds.js");
    const name = `${PLURALS[kind]}.${GROUP}`;
    const definition = (await listCrds(this.config)).find(({ metadata }) => metadata?.name === name);
    if (definition === undefined) throw new Error(`the cluster has no ${name}`);
    await this.request({ method: "DELETE", path: `${CRDS}/${name}` });
    const isForgotten = async () => {
      if ((await listCrds(this.config)).some(({ metadata }) => metadata?.name === name)) return false;
      const { resources } = await this.request<{ resources: readonly { readonly kind: string }[] }>({
        method: "GET",
        path: `/apis/${GROUP}/v1`,
      });
      return !resources.some((each) => each.kind === kind);
    };
    if (!(await poll(isForgotten, { timeoutMs: 60_000 }))) throw new Error(`${name} is still served`);
    const { metadata, spec } = definition;
    // items of a list lack their kind
    const apiVersion = "apiextensions.k8s.io/v1";
    const again = { apiVersion, kind: "CustomResourceDefinition", metadata: { name: metadata?.name ?? "" }, spec };
    return () => installCrds(this.config, [again]);
  }

  private async request<T>(request: {
    readonly method: "GET" | "PATCH" | "DELETE";
    readonly path: string;
    readonly body?: unknown;
    readonly contentType?: string;
  }): Promise<T> {
    const { kubeRequest } = await import("../../lab/cluster/kube-request.js");
    return kubeRequest<T>(this.config, request);
  }
}

/** One operation of a JSON patch. */
export interface JsonPatch {
  readonly op: "add" | "remove" | "replace";
  readonly path: string;
  readonly value?: unknown;
}

function pathOf(id: string): string {
  const [kind = "", place = ""] = id.split(" ");
  const [namespace = "", name = ""] = place.split("/");
  if (kind === "ConfigMap") return `/api/v1/namespaces/${namespace}/configmaps/${name}`;
  const plural = PLURALS[kind];
  if (plural === undefined) throw new Error(`no path is known for ${id}`);
  return `/apis/${GROUP}/v1/namespaces/${namespace}/${plural}/${name}`;
}
