import { dnsName } from "../kube/names.js";
import { derive } from "../model/deferred.js";
import { subsetKey } from "../model/labels.js";
import type { DestinationPort } from "../model/virtual-destination.js";
import type { Labels, PlannedSubset } from "./planned-target.js";
import type { PlannedPort } from "./types.js";

/**
 * Names a port by protocol and number, identically wherever the host is declared: Istio pairs endpoints by port name.
 */
export function planPort(port: DestinationPort): PlannedPort {
  const name = derive([port.protocol, port.number], () => `${port.protocol.toLowerCase()}-${port.number}`);
  return { name, number: port.number, protocol: port.protocol, targetPort: port.targetPort };
}

/** Names a subset by its labels: `version-v2`. Different labels never produce the same name. */
export function planSubset(labels: Labels, undecided = false): PlannedSubset {
  const name = derive(Object.values(labels), () => subsetName(labels));
  return { name, labels, ...(undecided && { undecided }) };
}

function subsetName(labels: Labels): string {
  const plain = /^([a-z0-9]+)=([a-z0-9]+)$/.exec(subsetKey(labels));
  if (plain !== null && plain[0].length <= 63) return `${plain[1]}-${plain[2]}`;
  return dnsName(
    ...Object.entries(labels)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flat(),
  );
}

/**
 * Returns the name parts that distinguish objects with different subsets: the sorted subset names.
 *
 * When subsets change, a new object is created beside the old one, so removed subsets stay until routes have followed.
 */
export function subsetParts(subsets: readonly PlannedSubset[]): readonly string[] {
  return [...new Set(subsets.flatMap(({ name, undecided }) => (undecided ? [] : [name])))].sort();
}
