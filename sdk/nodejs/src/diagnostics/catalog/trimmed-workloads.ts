import { entry } from "../catalog-entry.js";
import { quote } from "../words.js";

/** 0625 to 0629: whose sidecars know what. */
export const trimmed = {
  MW0625: entry<{ cluster: string; other: string }>({
    name: "workloads-trimmed-twice",
    severity: "error",
    meaning:
      "Two policies say what the sidecars of the same workloads know, and Istio takes the older one without a word.",
    message: ({ cluster, other }) =>
      `TrimProxyConfigPolicy ${quote(other)} is for these workloads in cluster ${quote(cluster)} already`,
    help: ({ other }) => `merge the two, or tell the workloads from those of ${quote(other)} by the value of a label`,
  }),
  MW0626: entry<{ namespace: string }>({
    name: "trims-the-mesh",
    severity: "error",
    meaning: "A policy for all sidecars of Istio's root namespace would be for those of every namespace.",
    message: ({ namespace }) =>
      `all workloads of ${quote(namespace)}, Istio's root namespace, would be those of the whole mesh`,
    help: () => "choose workloads by `labels`, or name another namespace",
  }),
  MW0627: entry<{ destination: string; cluster?: string; namespace?: string }>({
    name: "included-and-unknown",
    severity: "warning",
    meaning: "A policy includes a destination that the workloads would not know without it either.",
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
