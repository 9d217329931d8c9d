/** Chooses callers with sidecars. Nothing is chosen by leaving something out but clusters and labels: every namespace is named. */
export interface SidecarsArgs {
  /** Namespaces of the callers; at least one. */
  namespaces: string[];
  /** Labels of the callers' pods, all of them. Default: every pod with a sidecar in these namespaces. */
  labels?: { [key: string]: string };
  /** Names of the clusters in which the callers are; all of them with a mesh. Default: all clusters of the fleet. */
  clusters?: string[];
}
