import assert from "node:assert/strict";
import { formatDiagnostics } from "../../sdk/nodejs/src/diagnostics/format.js";
import { Findings } from "../../sdk/nodejs/src/diagnostics/report.js";
import { emptyModel, type Kind, type Model, type ModelOf, parseResource } from "../../sdk/nodejs/src/model/model.js";

/** Arguments of resources by kind and name, as users write them; references are names. */
export interface ModelArgs {
  readonly fleets?: Readonly<Record<string, object>>;
  readonly virtualGateways?: Readonly<Record<string, object>>;
  readonly routeTables?: Readonly<Record<string, object>>;
  readonly virtualDestinations?: Readonly<Record<string, object>>;
  readonly externalServices?: Readonly<Record<string, object>>;
  readonly failoverPolicies?: Readonly<Record<string, object>>;
  readonly outlierDetectionPolicies?: Readonly<Record<string, object>>;
}

/** Parses arguments into a model; fails the test where they can't be parsed. */
export function modelOf(args: ModelArgs): Model {
  const model = emptyModel();
  const findings = new Findings();
  fill("Fleet", model.Fleet, args.fleets, findings);
  fill("VirtualGateway", model.VirtualGateway, args.virtualGateways, findings);
  fill("RouteTable", model.RouteTable, args.routeTables, findings);
  fill("VirtualDestination", model.VirtualDestination, args.virtualDestinations, findings);
  fill("ExternalService", model.ExternalService, args.externalServices, findings);
  fill("FailoverPolicy", model.FailoverPolicy, args.failoverPolicies, findings);
  fill("OutlierDetectionPolicy", model.OutlierDetectionPolicy, args.outlierDetectionPolicies, findings);
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
