import { isObject, type Json, type JsonObject, objectAt, stringAt } from "./json";
import type { PropertyPath } from "./property-path";

/** Begin the names of managers whose client-side writes an update takes over, as the official plugin does. */
const TAKEN_OVER = ["pulumi-kubernetes", "pulumi-resource-kubernetes", "before-first-apply"];

/** Whether an update makes this manager's fields its own; `kubectl` covers kubectl-edit, -apply and -create. */
function isTakenOver(manager: string, operation: string): boolean {
  if (manager.startsWith("kubectl")) return true;
  return operation === "Update" && TAKEN_OVER.some((prefix) => manager.startsWith(prefix));
}

function entriesOf(live: JsonObject): JsonObject[] {
  const entries = objectAt(live, "metadata").managedFields;
  return Array.isArray(entries) ? entries.filter(isObject) : [];
}

export function managersOf(live: JsonObject): string[] {
  return entriesOf(live).map((entry) => stringAt(entry, "manager"));
}

/** Whether a conflict is one with Pulumi itself: an object made under another random name. */
export function isPulumiManager(manager: string): boolean {
  return manager.startsWith("pulumi-kubernetes");
}

/** Whether the real update will have taken over all fields in conflict before it applies. */
export function willTakeOver(managers: readonly string[]): boolean {
  return managers.length > 0 && managers.every((manager) => isTakenOver(manager, "Update"));
}

/**
 * The object's managed fields once `fieldManager` applies what it and older tools wrote without server-side apply.
 *
 * Undefined when there is nothing to take over. Without this a field dropped from the program would stay.
 */
export function takeOver(live: JsonObject, fieldManager: string): JsonObject[] | undefined {
  const isOurs = (entry: JsonObject) => {
    if (stringAt(entry, "subresource") !== "") return false;
    const manager = stringAt(entry, "manager");
    const operation = stringAt(entry, "operation");
    return isTakenOver(manager, operation) || (manager === fieldManager && operation === "Update");
  };
  const taken = entriesOf(live).filter(isOurs);
  const [first] = taken;
  if (first === undefined) return undefined;
  const rest = entriesOf(live).filter((entry) => !isOurs(entry));
  const isApplied = (entry: JsonObject) => entry.manager === fieldManager && entry.operation === "Apply";
  const own = rest.find(isApplied);
  const fields = [...taken, ...(own === undefined ? [] : [own])].map((entry) => objectAt(entry, "fieldsV1"));
  const merged = { ...(own ?? first), manager: fieldManager, operation: "Apply", fieldsV1: fields.reduce(union, {}) };
  return [...rest.filter((entry) => !isApplied(entry)), merged];
}

/** Sets of fields are nested maps, so their union is a deep merge. */
function union(left: JsonObject, right: JsonObject): JsonObject {
  const result: JsonObject = { ...left };
  for (const [key, value] of Object.entries(right)) {
    const before: Json | undefined = result[key];
    result[key] = isObject(before) && isObject(value) ? union(before, value) : value;
  }
  return result;
}

/** Who has the field at `path` (maps only): us, only others, or nobody. */
export function ownerOf(live: JsonObject, path: PropertyPath, fieldManager: string): "us" | "others" | "nobody" {
  const owners = entriesOf(live).filter((entry) => {
    let fields: Json | undefined = entry.fieldsV1;
    for (const step of path) fields = isObject(fields) ? fields[`f:${step}`] : undefined;
    return fields !== undefined;
  });
  if (owners.length === 0) return "nobody";
  return owners.some((entry) => entry.manager === fieldManager) ? "us" : "others";
}
