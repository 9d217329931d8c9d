import { ClusterUnreachableError } from "./api-error";
import { Cluster } from "./cluster";
import type { MutableKinds } from "./force-new";
import type { JsonObject } from "./json";
import { annotation, annotationOf } from "./kube-object";
import { type ClusterChoice, KubeconfigError, readClusterAccess } from "./kubeconfig";
import { hasUnknown } from "./property-values";

/** Configuration of one provider from the engine's Configure: strings by name. */
export type Variables = ReadonlyMap<string, string>;

/** The settings of one provider, and its cluster. */
export class Settings {
  /** False in a preview with an unknown kubeconfig: then no requests are sent to the cluster. */
  readonly isKnown: boolean;
  /** Namespace for objects without one. */
  readonly namespace: string;
  /** Lets Create take over an existing object. */
  readonly upsert: boolean;
  /** Treats objects of an unreachable cluster as deleted. */
  private readonly deletesUnreachable: boolean;
  private readonly patchForce: boolean;
  readonly mutable: MutableKinds;
  private readonly reachable: Cluster | undefined;
  private readonly problem: string = "";

  constructor(variables: Variables, cancelled: AbortSignal) {
    const isSet = (name: string, env: string) => (variables.get(name) ?? process.env[env]) === "true";
    if (
      (variables.get("enableServerSideApply") ?? process.env.PULUMI_K8S_ENABLE_SERVER_SIDE_APPLY ?? "true") !== "true"
    )
      throw new Error(
        "enableServerSideApply=false: this stand-in for the Kubernetes plugin only does server-side apply",
      );
    if ((variables.get("renderYamlToDirectory") ?? "") !== "")
      throw new Error("renderYamlToDirectory: this stand-in for the Kubernetes plugin doesn't render YAML");
    this.upsert = isSet("upsertExistingObjects", "PULUMI_K8S_UPSERT_EXISTING_OBJECTS");
    this.deletesUnreachable = isSet("deleteUnreachable", "PULUMI_K8S_DELETE_UNREACHABLE");
    this.patchForce = isSet("enablePatchForce", "PULUMI_K8S_ENABLE_PATCH_FORCE");
    this.mutable = {
      configMap: isSet("enableConfigMapMutable", "PULUMI_K8S_ENABLE_CONFIGMAP_MUTABLE"),
      secret: isSet("enableSecretMutable", "PULUMI_K8S_ENABLE_SECRET_MUTABLE"),
    };
    this.isKnown = ![...variables.values()].some(hasUnknown);
    let contextNamespace = "";
    if (this.isKnown) {
      try {
        const access = readClusterAccess(clusterChoice((name) => variables.get(name)));
        contextNamespace = access.namespace;
        this.reachable = new Cluster(access, cancelled);
      } catch (error) {
        if (!(error instanceof KubeconfigError)) throw error;
        // Not an error yet: a provider without resources needs no cluster.
        this.problem = error.message;
      }
    }
    this.namespace = variables.get("namespace") || contextNamespace || "default";
  }

  /** Returns true if a server-side apply of this object takes fields from their managers. */
  forces(object: JsonObject): boolean {
    return this.patchForce || annotationOf(object, annotation.patchForce) === "true";
  }

  /**
   * Returns true if this failure counts as "the object is gone": the cluster is unreachable, and the user asked for
   * that.
   */
  passesOver(error: unknown): boolean {
    return this.deletesUnreachable && error instanceof ClusterUnreachableError;
  }

  get cluster(): Cluster {
    if (this.reachable === undefined) throw new ClusterUnreachableError(this.problem);
    return this.reachable;
  }
}

export function clusterChoice(
  value: (name: "kubeconfig" | "context" | "cluster") => string | undefined,
): ClusterChoice {
  return { kubeconfig: value("kubeconfig") ?? "", context: value("context") ?? "", cluster: value("cluster") ?? "" };
}
