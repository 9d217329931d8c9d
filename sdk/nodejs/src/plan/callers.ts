import type { Labels } from "./planned-target.js";
import type { PlannedRouteTable, PlannedSidecarTable } from "./types.js";

/** Whose requests a planned table is for, and so where its filters are. */
export interface CallersPlace {
  readonly kind: "gateway" | "sidecars";
  readonly namespace: string;
  /** Labels of the callers' pods; none stands for all pods of the namespace. */
  readonly labels: Labels;
  /** What tells these routes apart from others of the same table in the namespace. */
  readonly part: readonly string[];
}

/** The namespace in which the routes of a planned table are written. */
export function plannedHomeOf(table: PlannedRouteTable | PlannedSidecarTable): string {
  if ("gateway" in table) return table.namespace ?? table.gateway.namespace;
  return table.sidecars.namespace;
}

/** The callers of a planned table. */
export function callersOf(table: PlannedRouteTable | PlannedSidecarTable): CallersPlace {
  if ("gateway" in table) {
    const { name, namespace, labels } = table.gateway;
    return { kind: "gateway", namespace, labels, part: [name] };
  }
  const { namespace, labels } = table.sidecars;
  // two parts, because a gateway may have any name
  return { kind: "sidecars", namespace, labels, part: ["sidecars", namespace] };
}
