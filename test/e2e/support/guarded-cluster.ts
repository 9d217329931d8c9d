/**
 * A real API server with the guards of a model, and users whose RBAC lets each write Istio objects in some namespaces.
 */

import type { RenderedObject } from "../../../sdk/nodejs/src/kube/object.js";
import { isGuardObject } from "../../../sdk/nodejs/src/render/admission/render.js";
import { PLURALS } from "../../support/istio-kinds.js";

type KubeConfig = import("@kubernetes/client-node", { with: { "resolution-mode": "import" }}).KubeConfig;
type Request = import("../../lab/cluster/kube-request.js", { with: { "resolution-mode": "import" }}).KubeRequest;

/** A user, with groups and the namespaces in which RBAC allows writing Istio objects. */
export interface User {
  readonly name: string;
  readonly groups: readonly string[];
  readonly mayWriteIn: readonly string[];
}

/** An object that a user tries to write. */
export interface Tried {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: object;
}

/** The answer of an API server. */
export interface Said {
  readonly status: number;
  readonly message: string;
}

const GROUPS = [
  "extensions.istio.io",
  "gateway.networking.k8s.io",
  "networking.istio.io",
  "security.istio.io",
  "telemetry.istio.io",
];
const RBAC_VERSION = "rbac.authorization.k8s.io/v1";
const RBAC = `/apis/${RBAC_VERSION}`;
const MORE_PLURALS: Readonly<Record<string, string>> = {
  ProxyConfig: "proxyconfigs",
  ProxyScript: "proxyscripts",
  Telemetry: "telemetries",
  TrafficExtension: "trafficextensions",
  WasmPlugin: "wasmplugins",
  WorkloadEntry: "workloadentries",
  WorkloadGroup: "workloadgroups",
};

export class GuardedCluster {
  constructor(private readonly config: KubeConfig) {}

  /** Creates namespaces, a role that may write every Istio object, and its bindings to users in their namespaces. */
  async prepare(namespaces: readonly string[], users: readonly User[]): Promise<void> {
    for (const name of namespaces) await this.#apply("/api/v1/namespaces", kubernetes("v1", "Namespace", { name }));
    const rules = [{ apiGroups: GROUPS, resources: ["*"], verbs: ["*"] }];
    await this.#apply(
      `${RBAC}/clusterroles`,
      kubernetes(RBAC_VERSION, "ClusterRole", { name: "istio-writer" }, { rules }),
    );
    for (const { name, mayWriteIn } of users)
      for (const namespace of mayWriteIn)
        await this.#apply(
          `${RBAC}/namespaces/${namespace}/rolebindings`,
          kubernetes(
            RBAC_VERSION,
            "RoleBinding",
            { name: `${name.replaceAll(":", ".")}-writes`, namespace },
            {
              roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "istio-writer" },
              subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name }],
            },
          ),
        );
  }

  /** Applies the guards among rendered objects with strict validation; returns their number. */
  async install(objects: readonly RenderedObject[]): Promise<number> {
    const guards = objects.map(({ object }) => object).filter(isGuardObject);
    for (const object of guards) await this.#apply(collectionOf(object), object);
    return guards.length;
  }

  /** Creates an object as the administrator. */
  async make(object: Tried): Promise<void> {
    await this.#apply(pathOf(object), object);
  }

  create(user: User, object: Tried, isDryRun = false): Promise<Said> {
    const path = `${pathOf(object)}?fieldValidation=Strict${isDryRun ? "&dryRun=All" : ""}`;
    return this.#send({ method: "POST", path, body: object }, user);
  }

  update(user: User, object: Tried): Promise<Said> {
    const path = `${pathOf(object)}/${object.metadata.name}?fieldManager=meshway-lab&force=true`;
    return this.#send({ method: "PATCH", path, contentType: "application/apply-patch+yaml", body: object }, user);
  }

  delete(user: User, object: Tried): Promise<Said> {
    return this.#send({ method: "DELETE", path: `${pathOf(object)}/${object.metadata.name}` }, user);
  }

  /** Deletes all objects of the kind and namespace with this value of the label `set`. */
  deleteSet(user: User, object: Tried, set: string): Promise<Said> {
    return this.#send({ method: "DELETE", path: `${pathOf(object)}?labelSelector=set%3D${set}` }, user);
  }

  async #send(request: Request, { name, groups }: User): Promise<Said> {
    const { kubeAnswer } = await import("../../lab/cluster/kube-request.js");
    const as = { user: name, groups: [...groups, "system:authenticated"] };
    const { status, text } = await kubeAnswer(this.config, { ...request, as });
    return { status, message: (JSON.parse(text) as { message?: string }).message ?? "" };
  }

  async #apply(collection: string, object: object & { readonly metadata: { readonly name: string } }): Promise<void> {
    const { applyObject } = await import("../../lab/cluster/kube-request.js");
    await applyObject(this.config, collection, object);
  }
}

/** Returns an object of a core Kubernetes kind. */
function kubernetes<M extends { readonly name: string }>(
  apiVersion: string,
  kind: string,
  metadata: M,
  more: object = {},
) {
  return { apiVersion, kind, metadata, ...more };
}

function pathOf({ apiVersion, kind, metadata }: Tried): string {
  return `/apis/${apiVersion}/namespaces/${metadata.namespace}/${PLURALS[kind] ?? MORE_PLURALS[kind]}`;
}

function collectionOf({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): string {
  return `/apis/${apiVersion}/${PLURALS[kind]}`;
}
