import { compile } from "../compile.js";
import type { Diagnostic, Path, Subject } from "../diagnostics/diagnostic.js";
import { formatPath } from "../diagnostics/format.js";
import { Findings, sortDiagnostics } from "../diagnostics/report.js";
import type { RenderedObject } from "../kube/object.js";
import { deferredNumbers, isDeferred } from "../model/deferred.js";
import type { Plan } from "../plan/types.js";
import { modelOf } from "../resources/build-model.js";
import type { Collected } from "../resources/collect.js";
import { withoutEchoes } from "../resources/echoes.js";
import { claimsOf, entryKey } from "../resources/entry.js";
import { leavesIn, type ResolvedLeaf } from "../resources/leaf.js";
import { joinPlans } from "./join-plans.js";
import type { Outcome } from "./outcome.js";
import { isUnknownSignal } from "./unknown-member.js";

/**
 * Checks and renders the resources of a program: all findings of all of them at once.
 *
 * As under Pulumi, each resource is compiled with what it refers to, so that the objects are those of `pulumi up`.
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
    const { model, diagnostics: parsed } = modelOf(entry, usable(leaves));
    if (!model[entry.kind].has(entry.name)) broken.push(focus);
    const claims = claimsOf(entry);
    const found = [...findings, ...parsed, ...unrenderable(focus, entry.args, leaves)];
    const compiled = compile(model, { focus, found, ...(claims && { claims }) });
    diagnostics.push(...compiled.diagnostics);
    objects.push(...compiled.objects);
    plans.push(compiled.plan);
    for (const fleet of model.Fleet.values()) for (const { name } of fleet.clusters) clusters.add(name);
  }
  const told = withoutEchoes(sortDiagnostics(diagnostics), broken);
  return { diagnostics: told, objects, plan: joinPlans(plans), clusters: [...clusters], notes: [] };
}

/** Resources of one kind and name, which Pulumi's engine would refuse. */
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

async function resolveAll(
  numbers: readonly number[],
  resolveLeaf: Collected["resolveLeaf"],
): Promise<ReadonlyMap<number, ResolvedLeaf>> {
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

/** The leaves with secrets left as placeholders, so that no finding can tell them. */
function usable(leaves: ReadonlyMap<number, ResolvedLeaf>): ReadonlyMap<number, ResolvedLeaf> {
  return new Map([...leaves].map(([number, leaf]) => [number, leaf.secret ? { ...leaf, known: false } : leaf]));
}

/** Findings about leaves that can't be written to files: those that are not known, and secrets. */
function unrenderable(
  subject: Subject,
  args: unknown,
  leaves: ReadonlyMap<number, ResolvedLeaf>,
): readonly Diagnostic[] {
  const findings = new Findings();
  const unknown: Path[] = [];
  const secret: Path[] = [];
  visitLeaves(args, [], (number, path) => {
    const leaf = leaves.get(number);
    if (leaf?.secret === true) secret.push(path);
    else if (leaf?.known !== true) unknown.push(path);
  });
  const only = (paths: readonly Path[]): Path => (paths.length === 1 ? (paths[0] ?? []) : []);
  if (unknown.length > 0) findings.add("MW0902", subject, only(unknown), { places: unknown.map(formatPath) });
  if (secret.length > 0) findings.add("MW0904", subject, only(secret), { places: secret.map(formatPath) });
  return findings.all;
}

function visitLeaves(value: unknown, path: Path, visit: (number: number, path: Path) => void): void {
  if (isDeferred(value)) for (const number of deferredNumbers(value)) visit(number, path);
  else if (Array.isArray(value))
    for (const [index, item] of value.entries()) visitLeaves(item, [...path, index], visit);
  else if (typeof value === "object" && value !== null)
    for (const [key, item] of Object.entries(value)) visitLeaves(item, [...path, key], visit);
}
