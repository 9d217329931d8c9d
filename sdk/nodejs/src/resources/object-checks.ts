import type { Diagnostic, Subject } from "../diagnostics/diagnostic.js";
import { Findings } from "../diagnostics/report.js";
import type { RenderedObject } from "../kube/object.js";
import { clusterKey } from "./objects.js";

/**
 * Returns findings about clusters that have objects and no provider: the descriptor of a fleet with providers has no
 * credentials.
 */
export function unreachedClusters(
  subject: Subject,
  objects: readonly RenderedObject[],
  connections: ReadonlyMap<string, unknown>,
): readonly Diagnostic[] {
  const findings = new Findings();
  const clusters = new Set(objects.map(({ cluster }) => cluster).filter((cluster) => !connections.has(cluster)));
  for (const cluster of clusters) findings.add("MW0531", subject, ["fleet"], { cluster });
  return findings.sorted();
}

/** Returns findings about declared objects that the model with known leaves does not have. */
export function lostObjects(
  subject: Subject,
  declared: readonly RenderedObject[],
  settled: ReadonlyMap<string, RenderedObject>,
): readonly Diagnostic[] {
  const findings = new Findings();
  for (const key of declared.map(clusterKey).filter((each) => !settled.has(each))) {
    findings.add("MW0901", subject, [], { what: `object ${key} is gone once all values are known` });
  }
  return findings.sorted();
}
