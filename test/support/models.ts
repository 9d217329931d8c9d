import assert from "node:assert/strict";
import { SECTIONS } from "../../sdk/nodejs/src/cli/sections.js";
import { formatDiagnostics } from "../../sdk/nodejs/src/diagnostics/format.js";
import { Findings } from "../../sdk/nodejs/src/diagnostics/report.js";
import type { Kind } from "../../sdk/nodejs/src/kinds/kinds.js";
import { emptyModel, type Model } from "../../sdk/nodejs/src/model/model.js";
import { parseResource } from "../../sdk/nodejs/src/model/parse-resource.js";
import type { ModelOf } from "../../sdk/nodejs/src/model/registry.js";

/** Arguments of resources by kind and name, as users write them; references are names. */
export type ModelArgs = { readonly [Section in keyof typeof SECTIONS]?: Readonly<Record<string, object>> };

/** Parses arguments into a model; fails the test if they can't be parsed. */
export function modelOf(args: ModelArgs): Model {
  const model = emptyModel();
  const findings = new Findings();
  for (const [section, kind] of Object.entries(SECTIONS))
    fill(kind, model[kind], args[section as keyof ModelArgs], findings);
  assert.equal(formatDiagnostics(findings.sorted()), "", "the arguments of a test model must parse");
  return model;
}

function fill<K extends Kind>(
  kind: K,
  into: Map<string, ModelOf[K]>,
  args: Readonly<Record<string, object>> = {},
  findings: Findings,
): void {
  for (const [name, value] of Object.entries(args)) {
    const parsed = parseResource(kind, name, value, findings);
    if (parsed !== undefined) into.set(name, parsed);
  }
}
