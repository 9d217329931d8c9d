import type { Labels } from "./planned-target.js";
import type { PlannedRouteTable, PlannedSidecarTable } from "./types.js";

/** The proxies whose requests a planned table routes, and where its filters therefore go. */
export interface CallersPlace {
  readonly kind: "gateway" | "sidecars";
  readonly namespace: string;
  /** Labels of the callers' pods. Empty selects all pods of the namespace. */
  readonly labels: Labels;
  /** Distinguishes these routes from the table's other routes in the namespace. */
  readonly part: readonly string[];
}

/** The namespace that the routes of a planned table are written to. */
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
  // two parts, so that no gateway name can collide
  return { kind: "sidecars", namespace, labels, part: ["sidecars", namespace] };
}
