import * as pulumi from "@pulumi/pulumi";
import { formatDiagnostic } from "../diagnostics/format.js";
import { Findings } from "../diagnostics/report.js";
import { type KubeObject, objectName } from "../kube/object.js";
import type { AdoptedObject } from "../model/fleet.js";
import type { ClusterConnection } from "./connection.js";
import { atProgramEnd } from "./program-end.js";

const used = new WeakSet<AdoptedObject>();

/** Returns the entries under `adopt` that refer to an object. */
export function listedFor(
  { adopt, cluster }: ClusterConnection,
  { kind, metadata }: Pick<KubeObject, "kind" | "metadata">,
): readonly AdoptedObject[] {
  const found = adopt.filter(
    (each) =>
      each.kind === kind &&
      each.namespace === metadata.namespace &&
      each.name === metadata.name &&
      (each.cluster ?? cluster) === cluster,
  );
  for (const each of found) used.add(each);
  return found;
}

/** Warns, once the program has ended, about entries under `adopt` that match no object of any resource. */
export function watchAdopted(fleet: pulumi.Resource, name: string, adopt: readonly AdoptedObject[]): void {
  if (adopt.length === 0) return;
  atProgramEnd(async () => {
    const findings = new Findings();
    adopt.forEach((each, index) => {
      if (used.has(each)) return;
      const { kind, cluster } = each;
      const object = `${kind} ${objectName({ apiVersion: "", kind, metadata: each })}`;
      findings.add("MW0567", { kind: "Fleet", name }, ["adopt", index], { object, ...(cluster && { cluster }) });
    });
    for (const each of findings.all) await pulumi.log.warn(formatDiagnostic(each), fleet);
  });
}
