import type { ApiClient } from "./api-client";
import { isNotFound, NoMatchError } from "./api-error";
import { isObject, type JsonObject, objectAt, stringAt } from "./json";

/** A kind's place in the API: the plural in its path, and its scope. */
export interface KindMapping {
  readonly plural: string;
  readonly namespaced: boolean;
}

type Kinds = ReadonlyMap<string, KindMapping>;

/** Time until a missing kind is looked up again: its CustomResourceDefinition may have been created meanwhile. */
const MISS_LASTS = 1_000;

/** Cluster-scoped built-in kinds: the Check of a built-in kind needs no request. */
const CLUSTER_SCOPED: ReadonlySet<string> = new Set(
  (
    "/Namespace /Node /PersistentVolume /ComponentStatus apiextensions.k8s.io/CustomResourceDefinition " +
    "apiregistration.k8s.io/APIService admissionregistration.k8s.io/MutatingWebhookConfiguration " +
    "admissionregistration.k8s.io/ValidatingWebhookConfiguration " +
    "admissionregistration.k8s.io/ValidatingAdmissionPolicy " +
    "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding " +
    "admissionregistration.k8s.io/MutatingAdmissionPolicy " +
    "admissionregistration.k8s.io/MutatingAdmissionPolicyBinding certificates.k8s.io/CertificateSigningRequest " +
    "flowcontrol.apiserver.k8s.io/FlowSchema flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration " +
    "networking.k8s.io/IngressClass networking.k8s.io/IPAddress networking.k8s.io/ServiceCIDR " +
    "node.k8s.io/RuntimeClass rbac.authorization.k8s.io/ClusterRole rbac.authorization.k8s.io/ClusterRoleBinding " +
    "scheduling.k8s.io/PriorityClass storage.k8s.io/CSIDriver storage.k8s.io/CSINode " +
    "storage.k8s.io/StorageClass storage.k8s.io/VolumeAttachment"
  ).split(" "),
);
const BUILT_IN_GROUP = /^(|apps|batch|autoscaling|policy|discovery\.k8s\.io|events\.k8s\.io|coordination\.k8s\.io)$/;

/** Groups under k8s.io whose kinds come from CustomResourceDefinitions nevertheless. */
const ADDED_GROUP = /^(gateway\.networking|snapshot\.storage|groupsnapshot\.storage)\.k8s\.io$/;

/** Returns true for groups of Kubernetes itself, whose kinds have typed resources in Pulumi. */
export function isBuiltInGroup(group: string): boolean {
  return BUILT_IN_GROUP.test(group) || (group.endsWith(".k8s.io") && !ADDED_GROUP.test(group));
}

/** Returns the scope of a built-in kind; undefined for kinds that only the API server knows. */
export function builtInScope(group: string, kind: string): "cluster" | "namespace" | undefined {
  if (CLUSTER_SCOPED.has(`${group}/${kind}`)) return "cluster";
  return BUILT_IN_GROUP.test(group) ? "namespace" : undefined;
}

/** Returns the path of a group version: /api/v1, or /apis/GROUP/VERSION. */
export function groupVersionPath(apiVersion: string): string {
  return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** The kinds that one API server serves, read once per group version. */
export class Discovery {
  private readonly read = new Map<string, { readonly kinds: Promise<Kinds>; readonly at: number }>();

  constructor(private readonly client: ApiClient) {}

  /** Returns a kind's mapping; throws NoMatchError if it isn't served, even after another lookup. */
  async mappingOf(apiVersion: string, kind: string): Promise<KindMapping> {
    const known = this.read.get(apiVersion);
    const found = (await known?.kinds)?.get(kind);
    if (found !== undefined) return found;
    const isFresh = known !== undefined && Date.now() - known.at < MISS_LASTS;
    const again = isFresh ? undefined : (await this.fetchOnce(apiVersion, known)).get(kind);
    if (again === undefined) throw new NoMatchError(apiVersion, kind);
    return again;
  }

  /** Clears the cache, after a CustomResourceDefinition was created or deleted. */
  reset(): void {
    this.read.clear();
  }

  /** Shares one request among concurrent misses. */
  private fetchOnce(apiVersion: string, stale: { readonly kinds: Promise<Kinds> } | undefined): Promise<Kinds> {
    const current = this.read.get(apiVersion);
    if (current !== undefined && current.kinds !== stale?.kinds) return current.kinds;
    const kinds = this.fetch(apiVersion);
    this.read.set(apiVersion, { kinds, at: Date.now() });
    kinds.catch(() => this.read.delete(apiVersion));
    return kinds;
  }

  private async fetch(apiVersion: string): Promise<Kinds> {
    try {
      const list = await this.client.send({ method: "GET", path: groupVersionPath(apiVersion) });
      return readKinds(list);
    } catch (error) {
      if (isNotFound(error)) return new Map();
      throw error;
    }
  }
}

function readKinds(list: JsonObject): Kinds {
  const resources = Array.isArray(list.resources) ? list.resources.filter(isObject) : [];
  const main = resources.filter((resource) => !stringAt(resource, "name").includes("/"));
  return new Map(
    main.map((resource) => [
      stringAt(resource, "kind"),
      { plural: stringAt(resource, "name"), namespaced: resource.namespaced === true },
    ]),
  );
}

/** Returns every namespaced kind that can be listed, by path; two requests for the whole server. */
export async function listableNamespacedKinds(client: ApiClient): Promise<{ path: string; plural: string }[]> {
  const accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
  const roots = await Promise.all(["/api", "/apis"].map((path) => client.send({ method: "GET", path, accept })));
  return roots.flatMap((root) =>
    objects(root.items).flatMap((group) => {
      const version = objects(group.versions)[0];
      const groupName = stringAt(objectAt(group, "metadata"), "name");
      const apiVersion = `${groupName === "" ? "" : `${groupName}/`}${stringAt(version, "version")}`;
      return objects(version?.resources)
        .filter((resource) => resource.scope === "Namespaced")
        .filter((resource) => Array.isArray(resource.verbs) && resource.verbs.includes("list"))
        .map((resource) => ({ path: groupVersionPath(apiVersion), plural: stringAt(resource, "resource") }));
    }),
  );
}

function objects(list: JsonObject[string] | undefined): JsonObject[] {
  return Array.isArray(list) ? list.filter(isObject) : [];
}
