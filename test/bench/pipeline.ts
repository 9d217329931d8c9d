/** Turns arguments into plain objects, as Meshway's resources do, without Pulumi. */
import assert from "node:assert/strict";
import {
  compile,
  emptyModel,
  Findings,
  formatDiagnostics,
  type ModelOf,
  parseResource,
  type RenderedObject,
} from "meshway/model";
import type { ResourceArgs } from "./fleet-args.js";

/** Parses, checks, plans and renders. The arguments must produce no findings. */
export function renderArgs(resources: readonly ResourceArgs[]): readonly RenderedObject[] {
  const model = emptyModel();
  const findings = new Findings();
  for (const { kind, name, args } of resources) {
    const value = parseResource(kind, name, args, findings);
    if (value !== undefined) (model[kind] as Map<string, ModelOf[typeof kind]>).set(name, value);
  }
  const { diagnostics, objects } = compile(model);
  assert.equal(formatDiagnostics([...findings.sorted(), ...diagnostics]), "");
  return objects;
}
