import { type JsonObject, stringAt } from "./json";
import { type PropertyPath, parsePath } from "./property-path";

/** Kinds whose data the API server lets change; the official plugin replaces them by default. */
export interface MutableKinds {
  readonly configMap: boolean;
  readonly secret: boolean;
}

/** Fields that the API server refuses to change, by group and kind (the official plugin's diff.go). */
const IMMUTABLE: Readonly<Record<string, readonly string[]>> = {
  "/PersistentVolumeClaim": ["spec.accessModes", "spec.selector", "spec.storageClassName", "spec.volumeName"],
  "/Pod": ["spec"],
  "/ResourceQuota": ["spec.scopes"],
  "/Service": ["spec.clusterIP"],
  "apps/DaemonSet": ["spec.selector"],
  "apps/Deployment": ["spec.selector"],
  "apps/StatefulSet": [
    "spec.podManagementPolicy",
    "spec.revisionHistoryLimit",
    "spec.selector",
    "spec.serviceName",
    "spec.volumeClaimTemplates",
  ],
  "batch/Job": ["spec.completions", "spec.parallelism", "spec.selector", "spec.template"],
  "rbac.authorization.k8s.io/ClusterRoleBinding": ["roleRef"],
  "rbac.authorization.k8s.io/RoleBinding": ["roleRef"],
  "storage.k8s.io/StorageClass": ["parameters", "provisioner"],
};

/** Returns the group of an apiVersion: "" for the core group. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
}

/** Returns the paths whose change requires a new object. */
export function forceNewPaths(object: JsonObject, mutable: MutableKinds): PropertyPath[] {
  const kind = `${groupOf(stringAt(object, "apiVersion"))}/${stringAt(object, "kind")}`;
  const frozen = object.immutable === true;
  const fields = [...(IMMUTABLE[kind] ?? [])];
  if (kind === "/ConfigMap" && (frozen || !mutable.configMap)) fields.push("data", "binaryData");
  if (kind === "/Secret") fields.push("type", ...(frozen || !mutable.secret ? ["data", "stringData"] : []));
  return ["metadata.name", "metadata.namespace", "kind", ...fields].map(parsePath);
}
