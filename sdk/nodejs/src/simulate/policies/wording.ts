import { isDeferred } from "../../model/deferred.js";
import { subsetKey } from "../../model/labels.js";
import type { TextMatch } from "../../model/text-match.js";
import type { PlannedTarget } from "../../plan/planned-target.js";

/** Formats a value; `?` while it is unknown. */
export function shown(value: unknown): string {
  return isDeferred(value) ? "?" : String(value);
}

export function part(percentage: unknown): string {
  return percentage === 100 ? "all requests" : `${shown(percentage)}% of the requests`;
}

export function describeMatch({ kind, value }: TextMatch): string {
  return kind === "exact" ? shown(value) : `${kind} ${shown(value)}`;
}

/** Formats the destination of a policy's own requests. */
export function describeServer(target: PlannedTarget | undefined): string {
  if (target === undefined) return "?";
  const subset = target.subset === undefined ? "" : `, subset ${subsetKey(target.subset.labels)}`;
  return `${shown(target.host)}:${shown(target.port)}${subset}`;
}
