import * as pulumi from "@pulumi/pulumi";
import { formatDiagnostic } from "../diagnostics/format.js";
import { Findings } from "../diagnostics/report.js";
import { type NamedObject, objectName } from "../kube/object.js";
import type { ClusterConnection } from "./connection.js";
import { PerRun, urnOf } from "./engine.js";
import { atProgramEnd } from "./program-end.js";
import { interruptedOperations, type PendingOperation } from "./stack-export.js";
import { stackState } from "./stack-state.js";

const declared = new PerRun(() => new Set<string>());

/** Records the URNs of objects that the program declares. */
export function noteDeclared(urns: readonly string[]): void {
  for (const urn of urns) declared.get().add(urn);
}

/**
 * Warns, once the program has ended, about objects that a killed run was creating in a fleet's clusters and that
 * neither the state nor the program has: nothing would ever delete them.
 */
export function watchLeftOvers(fleet: pulumi.Resource, connections: Iterable<ClusterConnection>): void {
  atProgramEnd(async () => {
    const operations = (await interruptedOperations()) ?? [];
    const urns = declared.get();
    const left = operations.filter(({ type, resource }) => type === "creating" && !urns.has(resource.urn ?? ""));
    if (left.length === 0) return;
    const state = await stackState();
    for (const operation of left.filter(({ resource }) => state?.has(resource.urn ?? "") !== true))
      for (const connection of connections) await warnIfPresent(fleet, operation, connection);
  });
}

async function warnIfPresent(
  fleet: pulumi.Resource,
  { resource }: PendingOperation,
  connection: ClusterConnection,
): Promise<void> {
  const { urn = "", provider = "", inputs } = resource;
  if (!isObject(inputs) || !provider.startsWith(`${(await connection.way()).provider}::`)) return;
  const found = await connection.live.find(inputs);
  if (found?.isThere !== true || found.owner?.urn !== urn) return;
  const { apiVersion, kind, metadata } = inputs;
  const [group] = apiVersion.split("/");
  const within = metadata.namespace === undefined ? "" : ` --namespace ${metadata.namespace}`;
  const findings = new Findings();
  findings.add("MW0565", { kind: "Fleet", name: (await urnOf(fleet)).split("::").at(-1) ?? "" }, [], {
    object: `${kind} ${objectName(inputs)}`,
    cluster: connection.cluster,
    command: `kubectl delete ${kind.toLowerCase()}.${group} ${metadata.name}${within}`,
  });
  for (const each of findings.all) await pulumi.log.warn(formatDiagnostic(each), fleet);
}

function isObject(inputs: Partial<NamedObject> | undefined): inputs is NamedObject {
  return inputs?.apiVersion !== undefined && inputs.kind !== undefined && inputs.metadata !== undefined;
}
