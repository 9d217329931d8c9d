import type { Path, Subject } from "../diagnostics/diagnostic.js";
import { backendClusters, clustersNamed, servicesIn } from "../model/topology.js";
import { namespacesOf, type Owner, ownerOf, ownsNamespace } from "../model/workspace.js";
import { type CheckContext, inFocus, type Placed, type Rule } from "./rule.js";

export const outsideOfWorkspace: Rule = {
  name: "outside-of-workspace",
  description: "What a workspace owns lies in its namespaces.",
  check(context) {
    for (const kind of ["ExternalService", "VirtualGateway"] as const) {
      for (const { subject, value } of inFocus(context, kind)) {
        const fleet = context.model.Fleet.get(value.fleet);
        const owner = ownerOf(context.model, value.workspace);
        const clusters = fleet === undefined ? [] : clustersNamed(fleet, value.clusters).map(({ name }) => name);
        const places = clusters.map((cluster) => ({
          value: { cluster, namespace: value.namespace },
          path: ["namespace"],
        }));
        report(context, subject, owner, places);
      }
    }
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      const fleet = context.model.Fleet.get(value.fleet);
      const places = (fleet === undefined ? [] : backendClusters(value, fleet)).flatMap(({ name: cluster }) =>
        servicesIn(value, cluster).map((service) => ({
          value: { cluster, namespace: service.namespace },
          path: ["services", value.services.indexOf(service), "namespace"],
        })),
      );
      report(context, subject, ownerOf(context.model, value.workspace), places);
    }
  },
};

interface Place {
  readonly cluster: string;
  readonly namespace: string;
}

/** Reports the places that are not the owner's, those of one namespace together. */
function report(
  { model, findings }: CheckContext,
  subject: Subject,
  owner: Owner | undefined,
  places: readonly Placed<Place>[],
): void {
  if (owner === undefined) return;
  const outside = new Map<string, { readonly namespace: string; readonly path: Path; readonly clusters: string[] }>();
  for (const { value, path } of places) {
    const { cluster, namespace } = value;
    if (ownsNamespace(owner.workspace, cluster, namespace)) continue;
    const key = JSON.stringify(path);
    const found = outside.get(key) ?? { namespace, path, clusters: [] };
    found.clusters.push(cluster);
    outside.set(key, found);
  }
  const fleet = model.Fleet.get(owner.workspace.fleet);
  const known = fleet === undefined ? [] : namespacesOf(owner.workspace, fleet).map(({ namespace }) => namespace);
  for (const { namespace, path, clusters } of outside.values())
    findings.add("MW0601", subject, path, { workspace: owner.name, namespace, clusters, known: [...new Set(known)] });
}
