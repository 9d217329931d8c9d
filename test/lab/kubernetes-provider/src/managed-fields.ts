import { isObject, type Json, type JsonObject, objectAt, stringAt } from "./json";
import type { PropertyPath } from "./property-path";

/** Field manager of objects created by POST; the first update takes its fields over. */
export const CREATE_MANAGER = "pulumi-kubernetes";

/** Name prefixes of managers whose client-side writes an update takes over, as in the official plugin. */
const TAKEN_OVER = [CREATE_MANAGER, "pulumi-resource-kubernetes", "before-first-apply"];

/** Names under which this provider, in any build, writes without server-side apply. */
const OWN_NAMES: ReadonlySet<string> = new Set([CREATE_MANAGER, "pulumi-kubernetes.exe", "pulumi-resource-kubernetes"]);

/**
 * Returns true if an update takes over this entry's fields; `kubectl` covers kubectl-edit, -patch, -apply and -create.
 */
function isTakenOver(entry: JsonObject): boolean {
  if (stringAt(entry, "subresource") !== "") return false;
  const manager = stringAt(entry, "manager");
  if (manager.startsWith("kubectl")) return true;
  return entry.operation === "Update" && TAKEN_OVER.some((prefix) => manager.startsWith(prefix));
}

function entriesOf(live: JsonObject): JsonObject[] {
  const entries = objectAt(live, "metadata").managedFields;
  return Array.isArray(entries) ? entries.filter(isObject) : [];
}

/** Returns true if no manager is recorded: the object predates the API server's managedFields. */
export function hasNoManagers(live: JsonObject): boolean {
  return entriesOf(live).length === 0;
}

/**
 * Returns true if a dry run must force its apply, because the real run takes fields over first.
 *
 * Only for fields that this provider wrote by POST: kubectl's fields are a conflict in a preview, though the real run
 * takes them over too (as in the official plugin).
 */
export function forcesPreview(live: JsonObject): boolean {
  return entriesOf(live).some((entry) => entry.operation === "Update" && OWN_NAMES.has(stringAt(entry, "manager")));
}

/**
 * Returns the object's managed fields once `fieldManager` applies the fields that it and older tools wrote without
 * server-side apply.
 *
 * Undefined if there is nothing to take over. Without this, a field removed from the program would stay.
 */
export function takeOver(live: JsonObject, fieldManager: string): JsonObject[] | undefined {
  const taken = entriesOf(live).filter(isTakenOver);
  const [first] = taken;
  if (first === undefined) return undefined;
  const rest = entriesOf(live).filter((entry) => !isTakenOver(entry));
  const isApplied = (entry: JsonObject) => entry.manager === fieldManager && entry.operation === "Apply";
  const own = rest.find(isApplied);
  const fields = [...taken, ...(own === undefined ? [] : [own])].map((entry) => objectAt(entry, "fieldsV1"));
  const merged = { ...(own ?? first), manager: fieldManager, operation: "Apply", fieldsV1: fields.reduce(union, {}) };
  return [...rest.filter((entry) => !isApplied(entry)), merged];
}

/** Merges sets of fields, which are nested maps. */
function union(left: JsonObject, right: JsonObject): JsonObject {
  const result: JsonObject = { ...left };
  for (const [key, value] of Object.entries(right)) {
    const before: Json | undefined = result[key];
    result[key] = isObject(before) && isObject(value) ? union(before, value) : value;
  }
  return result;
}

/** Returns the owner of the field at `path` (maps only): us, only others, or nobody. */
export function ownerOf(live: JsonObject, path: PropertyPath, fieldManager: string): "us" | "others" | "nobody" {
  const owners = entriesOf(live).filter((entry) => {
    let fields: Json | undefined = entry.fieldsV1;
    for (const step of path) fields = isObject(fields) ? fields[`f:${step}`] : undefined;
    return fields !== undefined;
  });
  if (owners.length === 0) return "nobody";
  return owners.some((entry) => entry.manager === fieldManager) ? "us" : "others";
}
