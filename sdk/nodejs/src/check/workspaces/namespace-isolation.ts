import { Mesh } from "../../args/fleet.js";
import type { Subject } from "../../diagnostics/diagnostic.js";
import type { DestinationTarget } from "../../model/destination.js";
import type { Fleet } from "../../model/fleet.js";
import { type IsolatedNamespace, isLetInto, isolatedNamespaces } from "../../model/isolation.js";
import type { WorkspaceSettings } from "../../model/workspace-settings.js";
import { type CallingProxies, callingProxiesOf } from "../facts/callers.js";
import { describeDestinationTarget, effectiveDestinations } from "../facts/destinations.js";
import { effectiveTables } from "../facts/effective-tables.js";
import { type CheckContext, everyOne, inFocus, type Rule } from "../rule.js";

export const namespaceIsolation: Rule = {
  name: "namespace-isolation",
  codes: ["MW0656", "MW0657", "MW0658", "MW0659"],
  description:
    "Isolation acts in each namespace of its workspace, and lets in the callers of routes to Services there.",
  check(context) {
    for (const { subject, value } of inFocus(context, "WorkspaceSettings")) checkPlaces(context, subject, value);
    checkRoutes(context);
  },
};

const PATH = ["options", "serviceIsolation"];

/** A fleet's name that stands for the one that a descriptor of another stack lacks. */
const NO_FLEET = "";

function checkPlaces(context: CheckContext, subject: Subject, value: WorkspaceSettings): void {
  const { model, findings } = context;
  const { workspace } = value;
  if (value.serviceIsolation && model.Workspace.get(workspace)?.fleet === NO_FLEET)
    findings.add("MW0659", subject, PATH, { workspace });
  const places = isolatedBy(context, value);
  const bare = places.filter(({ obstacle }) => obstacle === "no-mesh");
  if (bare.length > 0) findings.add("MW0656", subject, PATH, { workspace, ...namesOf(bare) });
  const rooted = places.filter(({ obstacle }) => obstacle === "root");
  for (const namespace of namesOf(rooted).namespaces) {
    const { clusters } = namesOf(rooted.filter((each) => each.namespace === namespace));
    findings.add("MW0658", subject, PATH, { workspace, namespace, clusters });
  }
}

function namesOf(places: readonly IsolatedNamespace[]) {
  return {
    namespaces: [...new Set(places.map(({ namespace }) => namespace))],
    clusters: [...new Set(places.map(({ cluster }) => cluster.name))],
  };
}

function isolatedBy({ model }: CheckContext, settings: WorkspaceSettings): readonly IsolatedNamespace[] {
  const fleet = model.Fleet.get(model.Workspace.get(settings.workspace)?.fleet ?? NO_FLEET);
  return fleet === undefined ? [] : isolatedNamespaces(model, settings, fleet);
}

function checkRoutes(context: CheckContext): void {
  const isolated = everyOne(context, "WorkspaceSettings").flatMap(({ value }) => isolatedBy(context, value));
  if (isolated.length === 0) return;
  for (const served of effectiveTables(context)) {
    const fleet = context.model.Fleet.get(served.table.fleet);
    if (fleet === undefined) continue;
    for (const { destination, path, report } of effectiveDestinations(context, served)) {
      const { target } = destination;
      const place = target.kind === "service" ? isolated.find((each) => isHome(each, target)) : undefined;
      const shut = place && refused(callingProxiesOf(context, served.table), place, fleet);
      if (shut !== undefined)
        report("MW0657", [...path, target.kind], {
          service: describeDestinationTarget(target),
          home: place?.cluster.name ?? "",
          owner: place?.owners[0]?.name ?? "",
          ...shut,
        });
    }
  }
}

function isHome(
  { cluster, namespace, obstacle }: IsolatedNamespace,
  target: Extract<DestinationTarget, { readonly kind: "service" }>,
): boolean {
  return obstacle === undefined && cluster.name === target.cluster && namespace === target.namespace;
}

/** Returns the first of these callers that an isolated namespace refuses, with all clusters in which it does. */
function refused(callers: readonly CallingProxies[], place: IsolatedNamespace, fleet: Fleet) {
  const all = callers.filter((caller) => !isLetInto(place, fleet, caller));
  const [first] = all;
  if (first === undefined) return undefined;
  const { gateway, namespace } = first;
  const isAlike = (each: CallingProxies) => each.gateway === gateway && each.namespace === namespace;
  const alike = all.filter((each) => isAlike(each) && hasMesh(each) === hasMesh(first));
  return {
    ...(gateway !== undefined && { gateway }),
    namespace,
    clusters: alike.map(({ cluster }) => cluster.name),
    withoutMesh: !hasMesh(first),
  };
}

function hasMesh({ cluster }: CallingProxies): boolean {
  return cluster.mesh !== Mesh.None;
}
