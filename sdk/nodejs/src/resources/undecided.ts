import type { Kind } from "../kinds/kinds.js";
import { isDeferred, UNDECIDED, withoutPlaceholders } from "../model/deferred.js";

/**
 * Marks the hosts and subsets in extracted arguments that came as Outputs.
 *
 * Objects are named after plain values; a value that came as an Output must not affect names once it is known.
 */
export function markUndecided(kind: Kind, args: unknown): unknown {
  const marked = markSubsets(args);
  const hosts = isRecord(marked) ? marked["hosts"] : undefined;
  const isNamed = kind === "VirtualDestination" || kind === "ExternalService";
  return isNamed && Array.isArray(hosts) && isDeferred(hosts[0])
    ? { ...(marked as object), undecided: UNDECIDED }
    : marked;
}

/** Marks destinations with a `subset`, and `subsets`, whose labels are Outputs. */
function markSubsets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(markSubsets);
  if (!isRecord(value)) return value;
  const marked = Object.entries(value).map(([key, item]): [string, unknown] => {
    if (key !== "subsets" || !Array.isArray(item)) return [key, markSubsets(item)];
    return [
      key,
      item.map((each) => (isRecord(each) && hasOutput(each["labels"]) ? { ...each, undecided: UNDECIDED } : each)),
    ];
  });
  return Object.fromEntries(hasOutput(value["subset"]) ? [...marked, ["undecided", UNDECIDED]] : marked);
}

/** Restores the marks in a descriptor, which reading it has stripped, like any placeholder. */
export function restoreUndecided(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(restoreUndecided);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === "undecided" && item === withoutPlaceholders(UNDECIDED) ? UNDECIDED : restoreUndecided(item),
    ]),
  );
}

function hasOutput(labels: unknown): boolean {
  return isRecord(labels) && Object.values(labels).some(isDeferred);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
