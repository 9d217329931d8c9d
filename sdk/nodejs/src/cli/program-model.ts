import { compile } from "../compile.js";
import type { Diagnostic, Path, Subject } from "../diagnostics/diagnostic.js";
import { formatPath } from "../diagnostics/format.js";
import { Findings, sortDiagnostics } from "../diagnostics/report.js";
import type { RenderedObject } from "../kube/object.js";
import { deferredNumbers, isDeferred } from "../model/deferred.js";
import type { Plan } from "../plan/types.js";
import { modelOf } from "../resources/build-model.js";
import type { Collected } from "../resources/collect.js";
import { withoutConsequences } from "../resources/consequential-findings.js";
import { claimsOf, type Entry, entryKey } from "../resources/entry.js";
import { leavesIn, type ResolvedLeaf, type ResolvedLeaves, withoutSecrets } from "../resources/leaf.js";
import { joinPlans } from "./join-plans.js";
import type { Outcome } from "./outcome.js";
import { isUnknownSignal } from "./unknown-member.js";

/**
 * Checks and renders the resources of a program, and returns all findings together.
 *
 * As under Pulumi, each resource is compiled with the resources that it refers to, so the objects equal those of
 * `pulumi up`.
 */
export async function compileProgram(collected: readonly Collected[]): Promise<Outcome> {
  const diagnostics: Diagnostic[] = [...repeatedNames(collected)];
  const objects: RenderedObject[] = [];
  const plans: Plan[] = [];
  const clusters = new Set<string>();
  const broken: Subject[] = [];
  for (const { entry, findings, resolveLeaf } of collected) {
    const focus = { kind: entry.kind, name: entry.name };
    const numbers = [...entry.closure.values()].flatMap((each) => [...leavesIn(each.args)]);
    const leaves = await resolveAll([...new Set(numbers)], resolveLeaf);
    // neither findings nor files may contain secrets
    const { model, diagnostics: parsed } = modelOf(entry, withoutSecrets(leaves));
    if (!model[entry.kind].has(entry.name)) broken.push(focus);
    const claims = claimsOf(entry);
    const found = [...findings, ...parsed, ...unrenderable(entry, leaves)];
    const compiled = compile(model, { focus, found, ...(claims && { claims }) });
    diagnostics.push(...compiled.diagnostics);
    objects.push(...compiled.objects);
    plans.push(compiled.plan);
    for (const fleet of model.Fleet.values()) for (const { name } of fleet.clusters) clusters.add(name);
  }
  const reported = withoutConsequences(sortDiagnostics(diagnostics), broken);
  return { diagnostics: reported, objects, plan: joinPlans(plans), clusters: [...clusters], notes: [] };
}

/** Returns findings about duplicate resources, which Pulumi's engine would reject. */
function repeatedNames(collected: readonly Collected[]): readonly Diagnostic[] {
  const findings = new Findings();
  const seen = new Set<string>();
  for (const { entry } of collected) {
    const { kind, name } = entry;
    const key = entryKey(kind, name);
    if (seen.has(key)) findings.add("MW0108", { kind, name }, [], { kind, name });
    seen.add(key);
  }
  return findings.sorted();
}

async function resolveAll(numbers: readonly number[], resolveLeaf: Collected["resolveLeaf"]): Promise<ResolvedLeaves> {
  const resolved = await Promise.all(
    numbers.map(async (number): Promise<[number, ResolvedLeaf]> => {
      try {
        return [number, await resolveLeaf(number)];
      } catch (error) {
        if (isUnknownSignal(error)) return [number, { known: false, secret: false, value: undefined }];
        throw error;
      }
    }),
  );
  return new Map(resolved);
}

/**
 * Returns findings about leaves that can't be written to files: unknown values, and secrets, including those in
 * descriptors of other stacks' resources.
 */
function unrenderable(entry: Entry, leaves: ResolvedLeaves): readonly Diagnostic[] {
  const findings = new Findings();
  const unknown: LeafPlace[] = [];
  const secret: LeafPlace[] = [];
  for (const each of [entry, ...[...entry.closure.values()].filter(({ isForeign }) => isForeign)])
    visitLeaves(each.args, [], (number, path) => {
      const place = each === entry ? { path, text: formatPath(path) } : { path: [], text: elsewhere(each, path) };
      const leaf = leaves.get(number);
      if (leaf?.secret === true) secret.push(place);
      else if (leaf?.known !== true) unknown.push(place);
    });
  const add = (code: "MW0902" | "MW0904", places: readonly LeafPlace[]): void => {
    const [only] = places;
    if (only === undefined) return;
    const path = places.length === 1 ? only.path : [];
    findings.add(code, { kind: entry.kind, name: entry.name }, path, { places: places.map(({ text }) => text) });
  };
  add("MW0902", unknown);
  add("MW0904", secret);
  return findings.all;
}

/** A leaf's place, and its text. */
interface LeafPlace {
  readonly path: Path;
  readonly text: string;
}

function elsewhere({ kind, name }: Entry, path: Path): string {
  return `${formatPath(path)} of ${kind} ${name}`;
}

function visitLeaves(value: unknown, path: Path, visit: (number: number, path: Path) => void): void {
  if (isDeferred(value)) for (const number of deferredNumbers(value)) visit(number, path);
  else if (Array.isArray(value))
    for (const [index, item] of value.entries()) visitLeaves(item, [...path, index], visit);
  else if (typeof value === "object" && value !== null)
    for (const [key, item] of Object.entries(value)) visitLeaves(item, [...path, key], visit);
}
