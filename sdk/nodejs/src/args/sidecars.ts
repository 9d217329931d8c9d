/** Selects callers with sidecars. Only clusters and labels may be omitted to select all; every namespace is listed. */
export interface SidecarsArgs {
  /** Namespaces of the callers; at least one. */
  namespaces: string[];
  /** Labels of the callers' pods, all of which must match. Default: every pod with a sidecar in these namespaces. */
  labels?: { [key: string]: string };
  /** Names of the callers' clusters, all of which have a mesh. Default: all clusters of the fleet. */
  clusters?: string[];
}
