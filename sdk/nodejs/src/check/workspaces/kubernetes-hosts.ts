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
  description: "No destination claims a host that Kubernetes gives to Services or pods of others.",
  check(context) {
    for (const { subject, value } of inFocus(context, "ExternalService")) checkHosts(context, subject, value);
    for (const { subject, value } of inFocus(context, "VirtualDestination")) checkHosts(context, subject, value);
  },
};

interface Claimant extends Belonging {
  readonly clusters?: readonly string[];
  readonly hosts: readonly string[];
}

function checkHosts(context: CheckContext, subject: Subject, value: Claimant): void {
  const holder = holderOf(context, value);
  if (holder === undefined) return;
  const clusters = clustersNamed(holder.fleet, value.clusters).map(({ name }) => name);
  const domains = domainsOf(holder.fleet);
  value.hosts.forEach((host, index) => {
    if (isDeferred(host) || mayClaimHost(holder.consents, host)) return;
    // a rule of its own refuses these to everybody
    if (subject.kind === "VirtualDestination" && domains.some((each) => isBelow(host, `svc.${each}`))) return;
    const name = kubernetesName(host, domains);
    if (name === undefined || isOwn(holder.owner, clusters, name.namespace)) return;
    const { namespace } = name;
    if (namespace !== undefined && mayClaimNamespace(holder.consents, namespace)) return;
    const toucher = { context, subject, holder, path: ["hosts", index] };
    const facts = { host, ...(namespace !== undefined && { namespace }), ...ownOf(holder) };
    if (name.isCertain || isSystem(holder.fleet, namespace)) touchFleet(toucher, "MW0631", facts);
    else
      touchNamespace(toucher, { clusters, namespace: namespace ?? "" }, "MW0631", (findings) =>
        findings.add("MW0631", subject, toucher.path, facts),
      );
  });
}

/** The DNS suffixes of a fleet's clusters, as far as they are known. */
export function domainsOf({ clusters }: Fleet): readonly string[] {
  return [...new Set(clusters.map(({ clusterDomain }) => clusterDomain).filter((each) => !isDeferred(each)))];
}

function isBelow(host: string, suffix: string): boolean {
  return `.${host.toLowerCase()}`.endsWith(`.${suffix.toLowerCase()}`);
}

/** Whether a namespace is the owner's in all of these clusters. */
export function isOwn(
  owner: OwningWorkspace | undefined,
  clusters: readonly string[],
  namespace: string | undefined,
): boolean {
  if (owner === undefined || namespace === undefined) return false;
  return clusters.every((cluster) => ownsNamespace(owner.workspace, cluster, namespace));
}

/** Namespaces that Kubernetes and Istio have themselves. */
const SYSTEM = ["default", "istio-system", "kube-node-lease", "kube-public", "kube-system"];

/** Whether a namespace is there although no workspace says so: of Kubernetes, of Istio, or of the fleet's gateways. */
export function isSystem(fleet: Fleet, namespace: string | undefined): boolean {
  const ofGateways = fleet.clusters.map(({ eastWestGateway }) => eastWestGateway?.namespace);
  return [...SYSTEM, ...ofGateways, ...fleet.gatewayNamespaces].includes(namespace);
}
