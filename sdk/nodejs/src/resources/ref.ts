import type { ResourceRef } from "../args/reference.js";
import type { Fleet } from "../model/fleet.js";
import { clustersNamed } from "../model/fleet.js";
import { backendClusters, servicesIn } from "../model/topology.js";
import type { VirtualDestination } from "../model/virtual-destination.js";
import { leavesOf, modelOf } from "./build-model.js";
import { heldEntries, replaceHeld } from "./descriptor-contents.js";
import { type Entry, fleetName } from "./entry.js";
import { fill, type ResolvedLeaf, type ResolvedLeaves, resolveLeaf, withoutSecrets } from "./leaf.js";
import { secretPlaces } from "./secret-places.js";

/**
 * Describes a resource for other stacks: its arguments, with its clusters listed explicitly. Called once all leaves are
 * known.
 */
export async function describeRef(entry: Entry): Promise<ResourceRef> {
  const numbers = [...entry.closure.values()].flatMap(leavesOf);
  const resolved = new Map(
    await Promise.all(
      numbers.map(async (number): Promise<[number, ResolvedLeaf]> => [number, await resolveLeaf(number)]),
    ),
  );
  const held = new Map(
    await Promise.all(heldEntries(entry).map(async (each) => [each, { ref: await describeRef(each) }] as const)),
  );
  const own = replaceHeld(entry, entry.args, (each) => held.get(each));
  const model = describe(entry, own, resolved);
  const secrets = secretPlaces(describe(entry, own, withoutSecrets(resolved)));
  return {
    kind: entry.kind,
    name: entry.name,
    model: JSON.stringify({ ...model, ...(secrets.length > 0 && { secrets }) }),
  };
}

function describe(entry: Entry, own: unknown, resolved: ResolvedLeaves): Readonly<Record<string, unknown>> {
  const { fleet: _, ...args } = fill(own, resolved) as Record<string, unknown>;
  const access = entry.access === undefined ? {} : { access: fill(entry.access, resolved) };
  const { model } = modelOf(entry, resolved);
  const fleet = model.Fleet.get(fleetName(entry) ?? "");
  return {
    ...args,
    ...access,
    ...(entry.undecided !== undefined && { undecided: entry.undecided }),
    ...(fleet && pinned(entry, args, fleet, model.VirtualDestination.get(entry.name))),
  };
}

/** Returns the fields whose default is "all of the fleet", as explicit lists, because the reader's fleet may differ. */
function pinned(
  entry: Entry,
  args: Record<string, unknown>,
  fleet: Fleet,
  destination: VirtualDestination | undefined,
): Record<string, unknown> {
  if (entry.kind === "VirtualDestination" && destination !== undefined) {
    const services = backendClusters(destination, fleet).flatMap(({ name }) =>
      servicesIn(destination, name).map((service) => ({ ...service, cluster: name })),
    );
    return { services };
  }
  if (entry.kind === "Workspace") {
    const { workloadClusters } = args as unknown as { workloadClusters: readonly { readonly name?: string }[] };
    return {
      workloadClusters: workloadClusters.flatMap(({ name, ...rest }) =>
        clustersNamed(fleet, name === undefined ? undefined : [name]).map((cluster) => ({
          ...rest,
          name: cluster.name,
        })),
      ),
    };
  }
  if (entry.kind === "VirtualGateway" || entry.kind === "ExternalService") {
    return { clusters: clustersNamed(fleet, args["clusters"] as string[] | undefined).map(({ name }) => name) };
  }
  return {};
}
