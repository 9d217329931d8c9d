import * as pulumi from "@pulumi/pulumi";
import type { ResourceRef } from "../args/reference.js";
import { type Compiled, hasErrors } from "../compile.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { formatDiagnostic } from "../diagnostics/format.js";
import type { Kind } from "../kinds/kinds.js";
import type { RenderedObject } from "../kube/object.js";
import { leavesOf } from "./build-model.js";
import type { Annotations } from "./claim.js";
import { collect } from "./collect.js";
import { compileEntry } from "./compile-entry.js";
import { connectionsOf } from "./connections.js";
import { withoutConsequences } from "./consequential-findings.js";
import { allHeldEntries } from "./descriptor-contents.js";
import { urnOf } from "./engine.js";
import { type Entry, fleetOf, makeEntry, remember } from "./entry.js";
import { RoutingError, refuse } from "./error.js";
import { outputOf, type ResolvedLeaf, resolveLeaf } from "./leaf.js";
import { noteOf } from "./note.js";
import { lostObjects, unreachedClusters } from "./object-checks.js";
import { assertReplaced, type Child, childOf, clusterKey, declareChild, type SettledObjects } from "./objects.js";
import { keepNote } from "./outputs.js";
import { claimObjects } from "./ownership.js";
import { describeRef } from "./ref.js";
import { stopEngine } from "./stop-engine.js";

/*
 * Three maps outlive a call, because later resources ask about earlier ones:
 * - `entries` (entry.ts): `remember` writes it at the start, and again for the `ref`; `entryOf` reads it to resolve
 *   references.
 * - `refused`: `assemble` adds entries with errors, and entries that refer to one; it reads them for whatever refers
 *   to them.
 * - `objectsOf`: `declareAll` writes the objects of an entry, and reads those of the entries that its objects depend
 *   on.
 */

/** What a component hands over to be checked, planned, rendered and declared. */
interface Assembly {
  readonly resource: pulumi.ComponentResource;
  readonly kind: Kind;
  readonly name: string;
  readonly args: unknown;
  readonly fleet?: Pick<Entry, "connections" | "claims" | "access" | "undecided">;
  /** What is wrong besides. */
  readonly found?: readonly Diagnostic[];
}

/**
 * Does everything that all of Meshway's resources have in common, and gives the `ref` output.
 *
 * What is known is checked at once and told as one `RoutingError`; leaves that are not known yet are checked when they are, and no object
 * of the resource is applied before. In a preview the program goes on, so that each of its mistakes is told; what refers to a resource with
 * mistakes is checked as far as that is possible, and declares nothing.
 */
export function assemble({ resource, kind, name, args, fleet, found = [] }: Assembly): pulumi.Output<ResourceRef> {
  const { entry, findings } = makeEntry(kind, name, args, fleet);
  remember(entry, resource);
  if (collect(entry, [...found, ...findings])) return undescribed(entry, "{}");

  const focus = { kind, name };
  const compiled = compileEntry(entry, { found: [...found, ...findings] });
  const broken = [...entry.closure.values()].filter((each) => refused.has(each));
  const unreached = broken.length > 0 ? [] : unreachedClusters(focus, compiled.objects, connectionsOf(entry));
  const told = [...withoutTold(compiled.diagnostics, broken), ...unreached];
  const isWrong = hasErrors(told);
  if (isWrong) refuse(new RoutingError(told, resource));
  if (isWrong || broken.length > 0) {
    refused.add(entry);
    return undescribed(entry, pulumi.unknown);
  }
  warn(told, resource);

  const numbers = [...new Set([...entry.closure.values()].flatMap(leavesOf))];
  const settled = numbers.length === 0 ? undefined : settle(entry, resource, numbers, compiled);
  settled?.catch((error: unknown) => stopEngine(resource, error));
  declareAll(entry, resource, compiled.objects, settled);
  return register(entry, settled);
}

/** Entries of resources with mistakes, and of what refers to them: a preview goes on without their objects. */
const refused = new WeakSet<Entry>();

/** Leaves out what was told under the resources with mistakes, and what only follows from these. */
function withoutTold(diagnostics: readonly Diagnostic[], broken: readonly Entry[]): readonly Diagnostic[] {
  if (broken.length === 0) return diagnostics;
  const isTold = ({ subject }: Diagnostic) =>
    broken.some(({ kind, name }) => subject.kind === kind && subject.name === name);
  return withoutConsequences(diagnostics, broken).filter((each) => !isTold(each));
}

/** Waits for the leaves, checks and renders with what is known of them. */
function settle(
  entry: Entry,
  resource: pulumi.Resource,
  numbers: readonly number[],
  early: Pick<Compiled, "diagnostics" | "objects">,
): SettledObjects {
  const told = new Set(early.diagnostics.map((each) => JSON.stringify(each)));
  const settled = (async () => {
    const leaves = new Map(
      await Promise.all(
        numbers.map(async (number): Promise<[number, ResolvedLeaf]> => [number, await resolveLeaf(number)]),
      ),
    );
    const focus = { kind: entry.kind, name: entry.name };
    const compiled = compileEntry(entry, { leaves });
    if (hasErrors(compiled.diagnostics)) throw new RoutingError(compiled.diagnostics, resource);
    warn(
      compiled.diagnostics.filter((each) => !told.has(JSON.stringify(each))),
      resource,
    );
    const late = new Map(compiled.objects.map((each) => [clusterKey(each), each]));
    const lost = lostObjects(focus, early.objects, late);
    if (lost.length > 0) throw new RoutingError(lost, resource);
    return late;
  })();
  // every object of the resource waits for this promise and reports its failure
  settled.catch(() => undefined);
  return settled;
}

/**
 * Declares the objects in the order of their steps; those that direct requests come after those that they name, and go before them.
 *
 * Only those of their own cluster are dependencies. What happens in other clusters is waited for, whether it succeeds or fails, so that a cluster
 * that is down keeps no other one from being changed.
 */
function declareAll(
  entry: Entry,
  resource: pulumi.ComponentResource,
  objects: readonly RenderedObject[],
  settled: SettledObjects | undefined,
): void {
  if (objects.length === 0) return;
  const connections = connectionsOf(entry);
  const referred = [...entry.closure.values()].filter((each) => each !== entry && !NOT_DIRECTED_TO.has(each.kind));
  const named = referred.flatMap((each) => objectsOf.get(each) ?? []);
  const subject = { kind: entry.kind, name: entry.name };
  const children = objects
    .toSorted((a, b) => a.step - b.step)
    .flatMap((rendered) => {
      const connection = connections.get(rendered.cluster);
      return connection === undefined ? [] : [childOf(rendered, resource, subject, connection)];
    });
  const checked = Promise.resolve(settled).then(() => claimObjects(children.map(({ claim }) => claim)));
  // what can't be had fails whatever waits for it: Pulumi leaves dependents of what was never registered waiting
  const claimed = checked.then((all) => Promise.all(named.map((each) => each.claimed)).then(() => all));
  // asking a cluster is no call of Pulumi's, and so nothing that it would wait for at the end of a program
  const done = pulumi.runtime.rpcKeepAlive();
  claimed.catch((error: unknown) => stopEngine(resource, error));
  checked.catch(() => undefined);
  void Promise.allSettled([claimed]).then(() => setImmediate(done));
  const own: Declared[] = [];
  children.forEach((each, index) => {
    const { cluster, step } = each.rendered;
    const before = [...(directs(each.rendered) ? named : []), ...own.filter((other) => other.step < step)];
    const dependsOn = before.filter((other) => other.cluster === cluster).map(({ child }) => child);
    const elsewhere = before.filter((other) => other.cluster !== cluster).map(({ applied }) => applied);
    const annotations = Promise.all([claimed, ...elsewhere]).then(([all]) => all[index] ?? {});
    const child = declareChild(each, annotations, {
      ...(settled && { settled }),
      ...(dependsOn.length > 0 && { dependsOn }),
    });
    // its failure is told by nothing else
    assertReplaced(each, child).catch((error: unknown) => {
      if (!(error instanceof RoutingError)) return;
      stopEngine(resource, error);
      throw error;
    });
    own.push({ cluster, step, child, claimed, applied: urnOf(child).catch(() => undefined) });
  });
  objectsOf.set(entry, own);
  keepNote(resource, noteOnceApplied(children, claimed, own));
}

/** The note of a resource's objects, once all of them are applied; a preview, in which none is, gives the one that the run would. */
async function noteOnceApplied(
  children: readonly Child[],
  claimed: Promise<readonly Annotations[]>,
  own: readonly Declared[],
): Promise<string | undefined> {
  const annotations = await claimed;
  const urns = pulumi.runtime.isDryRun() ? [] : await Promise.all(own.map(({ applied }) => applied));
  if (urns.includes(undefined)) return undefined;
  return noteOf(
    children.map(({ claim }) => claim),
    annotations,
  );
}

/**
 * Kinds whose objects routes don't wait for, and are not deleted before. Tables send nothing to tables; and of two gateways for one server name the
 * later one does nothing until the other has gone, so that one which is renamed must not be left without its routes.
 */
const NOT_DIRECTED_TO: ReadonlySet<Kind> = new Set<Kind>(["Fleet", "VirtualGateway", "RouteTable"]);

/** Whether an object sends requests to others: routes do, and filters that ask servers. */
function directs({ object }: RenderedObject): boolean {
  return object.kind === "VirtualService" || object.kind === "EnvoyFilter";
}

/** An object of an entry. */
interface Declared {
  readonly cluster: string;
  readonly step: number;
  readonly child: pulumi.Resource;
  /** Rejected where the object may not be had. */
  readonly claimed: Promise<unknown>;
  /** Settled when the object was applied, and also when that failed. */
  readonly applied: Promise<string | undefined>;
}

/** Declared objects by entry; `declareAll` writes and reads it. */
const objectsOf = new WeakMap<Entry, readonly Declared[]>();

function warn(diagnostics: readonly Diagnostic[], resource: pulumi.Resource): void {
  for (const diagnostic of diagnostics) void pulumi.log.warn(formatDiagnostic(diagnostic), resource);
}

/** The `ref` output, known when the leaves are. */
function register(entry: Entry, settled: Promise<unknown> | undefined): pulumi.Output<ResourceRef> {
  const entries = [entry, ...allHeldEntries(entry), ...(fleetOf(entry)?.closure.values() ?? [])];
  const leaves = pulumi.all([...new Set(entries.flatMap(leavesOf))].map(outputOf));
  const ref = leaves.apply(async () => {
    await settled;
    return describeRef(entry);
  });
  remember(entry, ref);
  return ref;
}

/** The `ref` output of a resource that is not declared: only references within the program lead back to it. */
function undescribed(entry: Entry, model: string | typeof pulumi.unknown): pulumi.Output<ResourceRef> {
  // Pulumi takes its mark for what is not known in the place of any value
  const ref = pulumi.output({ kind: entry.kind as string, name: entry.name, model: model as string });
  remember(entry, ref);
  return ref;
}
