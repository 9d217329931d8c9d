import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { Findings } from "../diagnostics/report.js";
import type { Access } from "./access.js";
import { PerRun } from "./engine.js";
import { type Entry, rememberedEntry } from "./entry.js";

/** A fleet of the program, and the keys that identify its clusters. */
interface Reached {
  readonly name: string;
  readonly clusters: readonly { readonly name: string; readonly keys: readonly unknown[] }[];
  hasWorkspaces: boolean;
}

const fleets = new PerRun<Reached[]>(() => []);

/** Records a fleet. Returns findings about clusters shared with an earlier fleet that has workspaces. */
export function noteFleet(name: string, access: readonly Access[]): readonly Diagnostic[] {
  const own: Reached = {
    name,
    clusters: access.map((each) => ({ name: each.name, keys: keysOf(each) })),
    hasWorkspaces: false,
  };
  const findings = new Findings();
  // unit tests declare a program's fleet several times in one run
  const others = fleets.get().filter((each) => each.name !== name);
  own.clusters.forEach((cluster, index) => {
    const other = others.find((each) => each.hasWorkspaces && sharedOf({ ...own, clusters: [cluster] }, each));
    if (other !== undefined)
      findings.add("MW0644", { kind: "Fleet", name }, ["clusters", index], {
        cluster: cluster.name,
        other: other.name,
      });
  });
  fleets.get().splice(0, Number.POSITIVE_INFINITY, ...others, own);
  return findings.all;
}

/** Records a workspace. Returns findings about other fleets that share clusters with its fleet. */
export function noteWorkspace(name: string, args: unknown): readonly Diagnostic[] {
  const fleet = fleetIn(args);
  const own = fleets.get().find((each) => each.name === fleet?.name);
  if (own === undefined) return [];
  own.hasWorkspaces = true;
  const findings = new Findings();
  for (const other of fleets.get()) {
    const cluster = other === own ? undefined : sharedOf(own, other);
    if (cluster !== undefined)
      findings.add("MW0644", { kind: "Workspace", name }, ["fleet"], { cluster, other: other.name });
  }
  return findings.all;
}

function fleetIn(args: unknown): Entry | undefined {
  const fleet: unknown = typeof args === "object" && args !== null && "fleet" in args ? args.fleet : undefined;
  const ref: unknown = typeof fleet === "object" && fleet !== null && "ref" in fleet ? fleet.ref : undefined;
  return rememberedEntry(fleet) ?? rememberedEntry(ref);
}

/** Returns the name of a cluster that two fleets share. */
function sharedOf({ clusters }: Reached, other: Reached): string | undefined {
  const theirs = new Set(other.clusters.flatMap(({ keys }) => keys));
  return clusters.find(({ keys }) => keys.some((key) => theirs.has(key)))?.name;
}

/**
 * Returns the keys that two entries of one cluster have in common, as far as they are known from the start; keys are
 * never reported.
 */
function keysOf({ name, provider, kubeconfig, context, clusterIdentifier }: Access): readonly unknown[] {
  if (provider !== undefined) return [provider];
  const isPlain = [kubeconfig, context].every((each) => each === undefined || typeof each === "string");
  // default clusters are distinguished by name, because unit tests set nothing else
  const way = kubeconfig === undefined && context === undefined ? ["default", name] : ["way", kubeconfig, context];
  return [
    ...(typeof clusterIdentifier === "string" ? [JSON.stringify(["identifier", clusterIdentifier])] : []),
    ...(isPlain ? [JSON.stringify(way)] : []),
  ];
}
