import type { Subject } from "../../diagnostics/diagnostic.js";
import { isDeferred } from "../../model/deferred.js";
import type { Fleet } from "../../model/fleet.js";
import { clustersNamed } from "../../model/fleet.js";
import { mayClaimHost, mayClaimNamespace } from "../../model/may-claim.js";
import { type OwningWorkspace, ownsNamespace } from "../../model/workspace.js";
import { type Belonging, holderOf, ownOf } from "../facts/holder.js";
import { kubernetesName } from "../facts/kubernetes-name.js";
import { touchFleet, touchNamespace } from "../facts/touch.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

export const kubernetesHosts: Rule = {
  name: "kubernetes-hosts",
  codes: ["MW0631"],
  description: "No destination claims a host that Kubernetes assigns to Services or pods of others.",
  check(context) {
    for (const { subject, value } of inFocus(context, "ExternalService")) checkHosts(context, subject, value);
    for (const { subject, value } of inFocus(context, "VirtualDestination")) checkHosts(context, subject, value);
  },
};

interface Claimant extends Belonging {
  readonly clusters?: readonly string[];
  readonly hosts: readonly string[];
  readonly endpoints?: readonly unknown[];
}

function checkHosts(context: CheckContext, subject: Subject, value: Claimant): void {
  const holder = holderOf(context, value);
  if (holder === undefined) return;
  const clusters = clustersNamed(holder.fleet, value.clusters).map(({ name }) => name);
  const domains = domainsOf(holder.fleet);
  const isResolved = value.endpoints?.length === 0;
  value.hosts.forEach((host, index) => {
    if (isDeferred(host) || mayClaimHost(holder.consents, host)) return;
    // another rule rejects these for everybody
    if (subject.kind === "VirtualDestination" && domains.some((each) => isBelow(host, `svc.${each}`))) return;
    const name = kubernetesName(host, domains, isResolved && !host.startsWith("*"));
    if (name === undefined) return;
    const { namespace } = name;
    const isConsented = namespace !== undefined && mayClaimNamespace(holder.consents, namespace);
    const leadsAnywhere = isResolved && name.isAddress === true;
    if ((isConsented || isOwn(holder.owner, clusters, namespace)) && !leadsAnywhere) return;
    const toucher = { context, subject, holder, path: ["hosts", index] };
    const facts = { host, ...(namespace !== undefined && { namespace }), ...ownOf(holder) };
    if (name.isCertain || isSystem(holder.fleet, namespace)) touchFleet(toucher, "MW0631", facts);
    else
      touchNamespace(toucher, { clusters, namespace: namespace ?? "" }, "MW0631", (findings) =>
        findings.add("MW0631", subject, toucher.path, facts),
      );
  });
}

/** Returns the known DNS suffixes of a fleet's clusters. */
export function domainsOf({ clusters }: Fleet): readonly string[] {
  return [...new Set(clusters.map(({ clusterDomain }) => clusterDomain).filter((each) => !isDeferred(each)))];
}

function isBelow(host: string, suffix: string): boolean {
  return `.${host.toLowerCase()}`.endsWith(`.${suffix.toLowerCase()}`);
}

/** True if a namespace belongs to the owner in all of these clusters. */
export function isOwn(
  owner: OwningWorkspace | undefined,
  clusters: readonly string[],
  namespace: string | undefined,
): boolean {
  if (owner === undefined || namespace === undefined) return false;
  return clusters.every((cluster) => ownsNamespace(owner.workspace, cluster, namespace));
}

/** Namespaces of Kubernetes and Istio. */
const SYSTEM = ["default", "istio-system", "kube-node-lease", "kube-public", "kube-system"];

/** True if a namespace belongs to Kubernetes, to Istio or to the fleet's gateways, and so needs no workspace. */
export function isSystem(fleet: Fleet, namespace: string | undefined): boolean {
  const ofGateways = fleet.clusters.map(({ eastWestGateway }) => eastWestGateway?.namespace);
  return [...SYSTEM, ...ofGateways, ...fleet.gatewayNamespaces].includes(namespace);
}
