import { entry } from "../catalog-entry.js";
import { quote } from "../words.js";

/** 0625 to 0629: the configuration that sidecars get. */
export const trimmed = {
  MW0625: entry<{ cluster: string; other: string }>({
    name: "workloads-trimmed-twice",
    severity: "error",
    meaning: "Two policies trim the sidecars of the same workloads, and Istio silently uses only the older one.",
    message: ({ cluster, other }) =>
      `TrimProxyConfigPolicy ${quote(other)} already trims these workloads in cluster ${quote(cluster)}`,
    help: ({ other }) => `merge the two, or select workloads by a label value that those of ${quote(other)} don't have`,
  }),
  MW0626: entry<{ namespace: string }>({
    name: "trims-whole-mesh",
    severity: "error",
    meaning: "A policy for all sidecars of Istio's root namespace would apply to every namespace.",
    message: ({ namespace }) =>
      `all workloads of ${quote(namespace)}, Istio's root namespace, would mean all workloads of the mesh`,
    help: () => "select workloads by `labels`, or name another namespace",
  }),
  MW0627: entry<{ destination: string; cluster?: string; namespace?: string }>({
    name: "unknown-included-destination",
    severity: "warning",
    meaning: "A policy includes a destination that the workloads would not know even without the policy.",
    message: ({ destination, cluster, namespace }) =>
      cluster === undefined
        ? `${destination} is not exported to namespace ${quote(namespace)}`
        : `${destination} is not known in cluster ${quote(cluster)}`,
    help: ({ cluster, namespace }) =>
      cluster === undefined
        ? `add ${quote(namespace)} to the destination's \`exportTo\`, or remove the destination here`
        : "limit `workloads.clusters` to clusters that know the destination, or remove it here",
  }),
  MW0628: entry<{ cluster: string }>({
    name: "trims-no-sidecars",
    severity: "warning",
    meaning: "A policy is for workloads in a cluster without a mesh, which have no sidecars.",
    message: ({ cluster }) => `workloads in cluster ${quote(cluster)} have no sidecars: it has no mesh`,
    help: () => "limit `workloads.clusters` to clusters with a mesh",
  }),
};
