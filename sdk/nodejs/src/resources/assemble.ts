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

/** Input of `assemble`: a component to be checked, planned, rendered and declared. */
interface Assembly {
  readonly resource: pulumi.ComponentResource;
  readonly kind: Kind;
  readonly name: string;
  readonly args: unknown;
  readonly fleet?: Pick<Entry, "connections" | "claims" | "access" | "undecided">;
  /** Findings that the caller already has. */
  readonly found?: readonly Diagnostic[];
}

/**
 * Runs the steps common to all of Meshway's resources, and returns the `ref` output.
 *
 * Known values are checked immediately and reported as one `RoutingError`; unknown leaves are checked once they are
 * known, and no object of the resource is applied before that. A preview continues, to report every mistake of the
 * program; resources that refer to a broken one are checked as far as possible and declare nothing.
 */
export function assemble({ resource, kind, name, args, fleet, found = [] }: Assembly): pulumi.Output<ResourceRef> {
  const { entry, findings } = makeEntry(kind, name, args, fleet);
  remember(entry, resource);
  if (collect(entry, [...found, ...findings])) return undescribed(entry, "{}");

  const focus = { kind, name };
  const compiled = compileEntry(entry, { found: [...found, ...findings] });
  const broken = [...entry.closure.values()].filter((each) => refused.has(each));
  const unreached = broken.length > 0 ? [] : unreachedClusters(focus, compiled.objects, connectionsOf(entry));
  const reported = [...withoutReported(compiled.diagnostics, broken), ...unreached];
  const isWrong = hasErrors(reported);
  if (isWrong) refuse(new RoutingError(reported, resource));
  if (isWrong || broken.length > 0) {
    refused.add(entry);
    return undescribed(entry, pulumi.unknown);
  }
  warn(reported, resource);

  const numbers = [...new Set([...entry.closure.values()].flatMap(leavesOf))];
  const settled = numbers.length === 0 ? undefined : settle(entry, resource, numbers, compiled);
  settled?.catch((error: unknown) => stopEngine(resource, error));
  declareAll(entry, resource, compiled.objects, settled);
  return register(entry, settled);
}

/** Entries of broken resources and of resources that refer to them: a preview continues without their objects. */
const refused = new WeakSet<Entry>();

/** Drops findings already reported for the broken resources, and those that only follow from them. */
function withoutReported(diagnostics: readonly Diagnostic[], broken: readonly Entry[]): readonly Diagnostic[] {
  if (broken.length === 0) return diagnostics;
  const isReported = ({ subject }: Diagnostic) =>
    broken.some(({ kind, name }) => subject.kind === kind && subject.name === name);
  return withoutConsequences(diagnostics, broken).filter((each) => !isReported(each));
}

/** Waits for the leaves, then checks and renders with their values. */
function settle(
  entry: Entry,
  resource: pulumi.Resource,
  numbers: readonly number[],
  early: Pick<Compiled, "diagnostics" | "objects">,
): SettledObjects {
  const reported = new Set(early.diagnostics.map((each) => JSON.stringify(each)));
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
      compiled.diagnostics.filter((each) => !reported.has(JSON.stringify(each))),
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
 * Declares the objects in the order of their steps; objects that route requests come after the objects that they refer
 * to, and are deleted before them.
 *
 * Only objects of the same cluster are dependencies. Objects of other clusters are awaited whether they succeed or
 * fail, so an unreachable cluster does not block changes in others.
 */
function declareAll(
  entry: Entry,
  resource: pulumi.ComponentResource,
  objects: readonly RenderedObject[],
  settled: SettledObjects | undefined,
): void {
  if (objects.length === 0) return;
  const connections = connectionsOf(entry);
  const referred = [...entry.closure.values()].filter((each) => each !== entry && !NOT_AWAITED.has(each.kind));
  const named = referred.flatMap((each) => objectsOf.get(each) ?? []);
  const subject = { kind: entry.kind, name: entry.name };
  const children = objects
    .toSorted((a, b) => a.step - b.step)
    .flatMap((rendered) => {
      const connection = connections.get(rendered.cluster);
      return connection === undefined ? [] : [childOf(rendered, resource, subject, connection)];
    });
  const checked = Promise.resolve(settled).then(() => claimObjects(children.map(({ claim }) => claim)));
  // a claim that fails must also fail whatever waits for it: Pulumi leaves dependents of unregistered resources waiting
  const claimed = checked.then((all) => Promise.all(named.map((each) => each.claimed)).then(() => all));
  // Pulumi does not track requests to clusters, and would end the program without waiting for them
  const done = pulumi.runtime.rpcKeepAlive();
  claimed.catch((error: unknown) => stopEngine(resource, error));
  checked.catch(() => undefined);
  void Promise.allSettled([claimed]).then(() => setImmediate(done));
  const own: Declared[] = [];
  children.forEach((each, index) => {
    const { cluster, step } = each.rendered;
    const before = [...(routesRequests(each.rendered) ? named : []), ...own.filter((other) => other.step < step)];
    const dependsOn = before.filter((other) => other.cluster === cluster).map(({ child }) => child);
    const elsewhere = before.filter((other) => other.cluster !== cluster).map(({ applied }) => applied);
    const annotations = Promise.all([claimed, ...elsewhere]).then(([all]) => all[index] ?? {});
    const child = declareChild(each, annotations, {
      ...(settled && { settled }),
      ...(dependsOn.length > 0 && { dependsOn }),
    });
    // nothing else reports this failure
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

/**
 * Returns the note of a resource's objects once all are applied; a preview applies none and returns the note of the
 * run.
 */
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
 * Kinds whose objects routes don't wait for and are not deleted before. Tables send no requests to tables; and of two
 * gateways for one server name, the later one has no effect until the other is gone, so a renamed gateway must keep its
 * routes.
 */
const NOT_AWAITED: ReadonlySet<Kind> = new Set<Kind>(["Fleet", "VirtualGateway", "RouteTable"]);

/** Returns true if an object sends requests to others: routes do, and filters that call servers. */
function routesRequests({ object }: RenderedObject): boolean {
  return object.kind === "VirtualService" || object.kind === "EnvoyFilter";
}

/** An object of an entry. */
interface Declared {
  readonly cluster: string;
  readonly step: number;
  readonly child: pulumi.Resource;
  /** Rejected if the claim to the object is. */
  readonly claimed: Promise<unknown>;
  /** Settles when the object is applied, and also if that fails. */
  readonly applied: Promise<string | undefined>;
}

/** Declared objects by entry; `declareAll` writes and reads it. */
const objectsOf = new WeakMap<Entry, readonly Declared[]>();

function warn(diagnostics: readonly Diagnostic[], resource: pulumi.Resource): void {
  for (const diagnostic of diagnostics) void pulumi.log.warn(formatDiagnostic(diagnostic), resource);
}

/** Returns the `ref` output, known once the leaves are. */
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

/** Returns the `ref` output of a resource that is not declared: only references within the program resolve to it. */
function undescribed(entry: Entry, model: string | typeof pulumi.unknown): pulumi.Output<ResourceRef> {
  // Pulumi accepts its marker of unknowns instead of any value
  const ref = pulumi.output({ kind: entry.kind as string, name: entry.name, model: model as string });
  remember(entry, ref);
  return ref;
}
