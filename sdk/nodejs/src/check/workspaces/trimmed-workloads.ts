import { Mesh } from "../../args/fleet.js";
import type { Path, Subject } from "../../diagnostics/diagnostic.js";
import { quote } from "../../diagnostics/words.js";
import { KIND_OF_TARGET } from "../../model/destination.js";
import { clustersNamed } from "../../model/fleet.js";
import { rootedIn } from "../../model/topology.js";
import type {
  IncludedDestination,
  TrimmedWorkloads,
  TrimProxyConfigPolicy,
} from "../../model/trim-proxy-config-policy.js";
import { isVisible, seersOf, seersOfService } from "../../model/visibility.js";
import { type CheckContext, claim, everyOne, inFocus, isFocused, type Rule } from "../rule.js";

export const trimmedWorkloads: Rule = {
  name: "trimmed-workloads",
  codes: ["MW0625", "MW0626", "MW0627", "MW0628"],
  description: "One policy trims each sidecar, in one namespace, to destinations that it would know anyway.",
  check(context) {
    for (const { subject, value } of everyOne(context, "TrimProxyConfigPolicy"))
      claimWorkloads(context, subject, value);
    for (const { subject, value } of inFocus(context, "TrimProxyConfigPolicy")) {
      const { namespace, labels, clusters } = value.workloads;
      const fleet = context.model.Fleet.get(value.fleet);
      // in the root namespace, Istio applies a `Sidecar` without labels to all namespaces
      const isRoot = fleet !== undefined && rootedIn(fleet, clusters, namespace).length > 0;
      if (isRoot && labels === undefined)
        context.findings.add("MW0626", subject, ["workloads", "namespace"], { namespace });
      reportBare(context, subject, value);
      value.includedDestinations.forEach((included, index) => {
        reportHidden(context, subject, value, { included, path: ["includedDestinations", index, included.kind] });
      });
    }
  },
};

/**
 * Claims the workloads in each of their clusters. More labels select a subset of the same pods; no labels select the
 * rest.
 */
function claimWorkloads(
  context: CheckContext,
  subject: Subject,
  { fleet: name, workloads }: TrimProxyConfigPolicy,
): void {
  const fleet = context.model.Fleet.get(name);
  if (fleet === undefined) return;
  const clashes = clustersNamed(fleet, workloads.clusters).flatMap(({ name: cluster }) => {
    const place = `Sidecar/${name}/${cluster}/${workloads.namespace}/`;
    const key = `${place}${textOf(workloads)}`;
    const same = claim(context, subject, key, subject.name);
    const other = same ?? overlapping(context, subject, place, key);
    return other === undefined ? [] : [{ cluster, other }];
  });
  if (clashes[0] !== undefined && isFocused(context, subject))
    context.findings.add("MW0625", subject, ["workloads"], clashes[0]);
}

/** Returns the first owner of workloads that certainly overlap; later owners are reported on their own. */
function overlapping({ claims }: CheckContext, subject: Subject, place: string, key: string): string | undefined {
  const own = labelsIn(key.slice(place.length));
  for (const [other, owner] of claims) {
    if (other === key) return undefined;
    if (owner === subject.name || !other.startsWith(place)) continue;
    const labels = labelsIn(other.slice(place.length));
    if (labels.length > 0 && own.length > 0 && (isPart(labels, own) || isPart(own, labels))) return owner;
  }
  return undefined;
}

function textOf({ labels = {} }: TrimmedWorkloads): string {
  return JSON.stringify(
    Object.entries(labels)
      .map(([key, value]) => `${key}=${value}`)
      .sort(),
  );
}

function labelsIn(text: string): readonly string[] {
  return JSON.parse(text) as readonly string[];
}

function isPart(some: readonly string[], all: readonly string[]): boolean {
  return some.every((label) => all.includes(label));
}

/** Reports a destination that the workloads wouldn't know even without the policy. */
function reportHidden(
  context: CheckContext,
  subject: Subject,
  { fleet: name, workloads }: TrimProxyConfigPolicy,
  { included, path }: { readonly included: IncludedDestination; readonly path: Path },
): void {
  const { model } = context;
  if (included.kind === "service") return;
  const isVirtual = included.kind === "virtualDestination";
  const virtual = isVirtual ? model.VirtualDestination.get(included.name) : undefined;
  const service = isVirtual ? undefined : model.ExternalService.get(included.name);
  const [fleet, itsFleet] = [model.Fleet.get(name), model.Fleet.get((virtual ?? service)?.fleet ?? "")];
  if (fleet === undefined || itsFleet === undefined) return;
  const destination = `${KIND_OF_TARGET[included.kind]} ${quote(included.name)}`;
  const known = new Set(clustersNamed(itsFleet, service?.clusters).map((each) => each.name));
  const cluster = clustersNamed(fleet, workloads.clusters).find((each) => !known.has(each.name))?.name;
  const { namespace } = workloads;
  const isExported = clustersNamed(fleet, workloads.clusters).every((cluster) => {
    const where = { model, fleet: itsFleet, cluster };
    const seers = virtual ? seersOf(where, included.name, virtual) : ["*"];
    return isVisible(service ? seersOfService(where, included.name, service) : seers, namespace);
  });
  if (cluster !== undefined) context.findings.add("MW0627", subject, path, { destination, cluster });
  else if (!isExported) context.findings.add("MW0627", subject, path, { destination, namespace });
}

/** Reports a cluster without sidecars. */
function reportBare({ model, findings }: CheckContext, subject: Subject, value: TrimProxyConfigPolicy): void {
  const fleet = model.Fleet.get(value.fleet);
  const clusters = fleet === undefined ? [] : clustersNamed(fleet, value.workloads.clusters);
  const bare = clusters.find(({ mesh }) => mesh === Mesh.None);
  if (bare !== undefined) findings.add("MW0628", subject, ["workloads"], { cluster: bare.name });
}
