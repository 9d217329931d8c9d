import { PRIVATE_DOMAIN } from "../../kube/names.js";
import { CLUSTER_SET, suffixesOf } from "../../model/cluster-names.js";

/** A host, read as a name of Services or pods. */
export interface KubernetesName {
  /** The namespace in the name; absent if a wildcard covers all namespaces, or the name omits it. */
  readonly namespace?: string;
  /** True if the name can mean nothing else. `reviews.books` is a Service only if a namespace `books` exists. */
  readonly isCertain: boolean;
  /** True if it contains an address, as pod names do: `127-0-0-1.shop.pod` names no actual pod, and no namespace. */
  readonly isAddress?: boolean;
}

/**
 * Reads a host the way Kubernetes would; undefined if it is no name in a cluster.
 *
 * @param domains DNS suffixes of the clusters, such as `cluster.local`.
 * @param isResolved True if DNS resolves it, which also knows short names of single pods, such as
 * `reviews-0.reviews.books`.
 */
export function kubernetesName(
  host: string,
  domains: readonly string[],
  isResolved = false,
): KubernetesName | undefined {
  const name = host.toLowerCase().replace(/\.$/, "");
  const labels = name.split(".");
  if (labels.length === 1) return { isCertain: true };
  if (name === PRIVATE_DOMAIN || name.endsWith(`.${PRIVATE_DOMAIN}`)) return { isCertain: true };
  const all = [...new Set([...domains.map((each) => each.toLowerCase()), "cluster.local", CLUSTER_SET])];
  const rest = labels[0] === "*" ? labels.slice(1).join(".") : undefined;
  for (const domain of all) {
    // a wildcard over the domain, or part of it, covers the Services of every namespace
    if (rest !== undefined && `.svc.${domain}`.endsWith(`.${rest}`)) return { isCertain: true };
    if (name === domain) return { isCertain: true };
  }
  const suffixes = all.flatMap(suffixesOf);
  // a resolver completes `10-0-0-7.books.pod` by the cluster's domain
  for (const suffix of isResolved ? [...suffixes, "pod"] : suffixes) {
    if (name === suffix) return { isCertain: true };
    if (!name.endsWith(`.${suffix}`)) continue;
    const namespace = name
      .slice(0, -suffix.length - 1)
      .split(".")
      .at(-1);
    const isAddress = suffix.startsWith("pod");
    return {
      isCertain: true,
      ...(isAddress && { isAddress }),
      ...(namespace !== undefined && namespace !== "*" && { namespace }),
    };
  }
  const namespace = labels.at(-1);
  const isShort = labels.length === 2 || (isResolved && labels.length === 3);
  return isShort && namespace !== undefined ? { isCertain: false, namespace } : undefined;
}
