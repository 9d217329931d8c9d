import type { Reach } from "../../diagnostics/catalog/teams.js";
import type { Path, Subject } from "../../diagnostics/diagnostic.js";
import { isDeferred } from "../../model/deferred.js";
import type { DestinationTarget } from "../../model/destination.js";
import { clustersNamed } from "../../model/fleet.js";
import { mayClaimNamespace } from "../../model/may-claim.js";
import { backendClusters, namespaceIn, rootedIn, servicesIn } from "../../model/topology.js";
import type { VirtualDestination } from "../../model/virtual-destination.js";
import { clustersOf, sidecarClusters } from "../facts/callers.js";
import { describeDestinationTarget, destinationsOf, effectiveDestinations } from "../facts/destinations.js";
import { effectiveTables } from "../facts/effective-tables.js";
import { type Holder, holderOf, ownOf } from "../facts/holder.js";
import { touchFleet, touchNamespace } from "../facts/touch.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

export const touchedNamespaces: Rule = {
  name: "touched-namespaces",
  codes: ["MW0630", "MW0642"],
  description:
    "Resources in a workspace's namespace, or that route to or act on it, are its own or have the operators' consent.",
  check(context) {
    for (const kind of ["ExternalService", "VirtualGateway"] as const) {
      for (const { subject, value } of inFocus(context, kind)) {
        const holder = holderOf(context, value);
        // another rule covers resources owned by a workspace
        if (holder === undefined || holder.owner !== undefined) continue;
        const clusters = clustersNamed(holder.fleet, value.clusters).map(({ name }) => name);
        reach({ context, subject, holder, how: "lies", path: ["namespace"] }, clusters, value.namespace);
      }
    }
    for (const { subject, value } of inFocus(context, "VirtualDestination")) checkDestination(context, subject, value);
    for (const { subject, value } of inFocus(context, "TrimProxyConfigPolicy")) {
      const holder = holderOf(context, value);
      if (holder === undefined || holder.owner !== undefined) continue;
      const clusters = clustersNamed(holder.fleet, value.workloads.clusters).map(({ name }) => name);
      const path = ["workloads", "namespace"];
      reach({ context, subject, holder, how: "trims", path }, clusters, value.workloads.namespace);
    }
    checkTables(context);
  },
};

/** The way in which a resource touches a namespace, and the path in its arguments that does so. */
interface Touching {
  readonly context: CheckContext;
  readonly subject: Subject;
  readonly holder: Holder;
  readonly how: Reach;
  readonly path: Path;
  /** The destination that leads there. */
  readonly destination?: string;
}

function reach(touching: Touching, clusters: readonly string[], namespace: string): void {
  const { subject, holder, how, path, destination } = touching;
  const rooted = writesObjects(touching) ? rootedIn(holder.fleet, clusters, namespace) : [];
  if (rooted.length > 0 && !mayClaimNamespace(holder.consents, namespace))
    touchFleet(touching, "MW0642", { namespace, ...ownOf(holder) });
  const others = clusters.filter((cluster) => !rooted.includes(cluster));
  touchNamespace(touching, { clusters: others, namespace }, "MW0630", (findings, owner) =>
    findings.add("MW0630", subject, path, {
      reach: how,
      namespace,
      owner,
      ...ownOf(holder),
      ...(destination !== undefined && { destination }),
    }),
  );
}

/**
 * True if a touch creates objects that Istio looks up for other namespaces; routes are visible only to the namespaces
 * they name.
 */
function writesObjects({ subject, how }: Touching): boolean {
  return subject.kind !== "RouteTable" && how !== "routes";
}

/** Objects of a destination are in every cluster; pods are selected in the clusters of its services. */
function checkDestination(context: CheckContext, subject: Subject, value: VirtualDestination): void {
  const holder = holderOf(context, value);
  if (holder === undefined) return;
  const pathTo = (namespace: string) => [
    "services",
    value.services.findIndex((service) => service.namespace === namespace),
    "namespace",
  ];
  const backends = new Set(backendClusters(value, holder.fleet).map(({ name }) => name));
  for (const { name: cluster } of holder.fleet.clusters) {
    const isHome = backends.has(cluster);
    if (isHome && holder.owner !== undefined) continue;
    const selected = servicesIn(value, cluster).map((service) => service.namespace);
    const namespaces = new Set(isHome ? selected : [namespaceIn(value, cluster)]);
    // an unowned destination is already reported for its pods
    const how = holder.owner === undefined ? "selects" : "writes";
    for (const namespace of namespaces)
      reach({ context, subject, holder, how, path: pathTo(namespace) }, [cluster], namespace);
  }
}

function checkTables(context: CheckContext): void {
  for (const { subject, value } of inFocus(context, "RouteTable")) {
    const holder = holderOf(context, value);
    if (holder === undefined) continue;
    for (const { destination, path } of destinationsOf(value))
      checkTarget({ context, subject, holder, how: "routes", path }, destination.target);
    if (holder.owner !== undefined) continue;
    const sidecars = sidecarClusters(context, value).map(({ name }) => name);
    value.sidecars?.namespaces.forEach((namespace, index) => {
      reach({ context, subject, holder, how: "steers", path: ["sidecars", "namespaces", index] }, sidecars, namespace);
    });
    const gateways = value.virtualGateways.flatMap((name) => context.model.VirtualGateway.get(name) ?? []);
    const clusters = gateways.flatMap((each) => clustersOf(context, each).map(({ name }) => name));
    if (value.namespace !== undefined)
      reach({ context, subject, holder, how: "lies", path: ["namespace"] }, clusters, value.namespace);
  }
  for (const served of effectiveTables(context)) {
    const holder = holderOf(context, served.table);
    if (holder === undefined) continue;
    for (const { subject, destination, path } of effectiveDestinations(context, served))
      if (subject.kind !== "RouteTable")
        checkTarget({ context, subject, holder, how: "routes", path }, destination.target);
  }
}

/** The owning workspace decides who may use its resources; otherwise the namespaces behind a route decide. */
function checkTarget(touching: Touching, target: DestinationTarget): void {
  const { context, holder, path } = touching;
  const inside = { ...touching, path: [...path, target.kind] };
  if (target.kind === "service") {
    // another rule covers routes of a workspace to Services
    if (holder.owner === undefined && !isDeferred(target.namespace)) reach(inside, [target.cluster], target.namespace);
    return;
  }
  const value = target.kind === "virtualDestination" ? context.model.VirtualDestination.get(target.name) : undefined;
  if (value === undefined || value.workspace !== undefined) return;
  const destination = describeDestinationTarget(target);
  for (const { name: cluster } of backendClusters(value, holder.fleet))
    for (const { namespace } of servicesIn(value, cluster)) reach({ ...inside, destination }, [cluster], namespace);
}
