import { type Claims, checkModel } from "../../../sdk/nodejs/src/check/check.js";
import { SECTIONS } from "../../../sdk/nodejs/src/cli/sections.js";
import type { Diagnostic } from "../../../sdk/nodejs/src/diagnostics/diagnostic.js";
import { sortDiagnostics } from "../../../sdk/nodejs/src/diagnostics/report.js";
import type { Kind } from "../../../sdk/nodejs/src/kinds/kinds.js";
import { type ModelArgs, modelOf } from "../models.js";

/** A resource of a model. */
export interface Declared {
  readonly section: keyof ModelArgs;
  readonly kind: Kind;
  readonly name: string;
  readonly args: object;
}

/** Returns the resources of a model in the order in which they are written. */
export function resourcesOf(model: ModelArgs): readonly Declared[] {
  return (Object.entries(model) as [keyof ModelArgs, Record<string, object>][]).flatMap(([section, resources]) =>
    Object.entries(resources).map(([name, args]) => ({ section, kind: SECTIONS[section], name, args })),
  );
}

/** Returns a resource and everything whose name appears in its arguments. Names in a test model are unique. */
function closureOf(one: Declared, all: readonly Declared[]): ReadonlySet<Declared> {
  const closure = new Set([one]);
  for (const each of closure) {
    const texts = textsIn(each.args);
    for (const other of all) if (texts.has(other.name) && other !== each) closure.add(other);
  }
  return closure;
}

function textsIn(value: unknown): ReadonlySet<string> {
  if (typeof value === "string") return new Set([value]);
  if (typeof value !== "object" || value === null) return new Set();
  return new Set(Object.values(value).flatMap((each) => [...textsIn(each)]));
}

/** Returns the resources in an order that a program can declare: referenced ones first. */
export function inProgramOrder(wanted: readonly Declared[]): readonly Declared[] {
  const done = new Set<Declared>();
  const add = (one: Declared, open: readonly Declared[]): void => {
    if (done.has(one)) return;
    for (const each of closureOf(one, wanted)) if (each !== one && !open.includes(each)) add(each, [...open, one]);
    done.add(one);
  };
  for (const each of wanted) add(each, []);
  return [...done];
}

/**
 * Checks resources one by one, as a program declares them: each with its references and the claims of earlier
 * resources.
 */
export function checkOneByOne(order: readonly Declared[]): readonly Diagnostic[] {
  const claims: Claims = new Map();
  return sortDiagnostics(
    order.flatMap((one) => {
      const closure: Partial<Record<keyof ModelArgs, Record<string, object>>> = {};
      for (const { section, name, args } of closureOf(one, order))
        closure[section] = { ...closure[section], [name]: args };
      return checkModel(modelOf(closure), { focus: { kind: one.kind, name: one.name }, claims });
    }),
  );
}
