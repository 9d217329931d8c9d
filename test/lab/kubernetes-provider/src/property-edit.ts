import { isObject, type Json, type JsonObject } from "./json";
import type { PropertyPath } from "./property-path";

/** Returns the value at a path, or undefined. */
export function valueAt(value: Json | undefined, path: PropertyPath): Json | undefined {
  let found = value;
  for (const step of path) {
    if (Array.isArray(found) && typeof step === "number") found = found[step];
    else found = isObject(found) ? found[String(step)] : undefined;
  }
  return found;
}

/** Returns a copy with the value set at a path of map keys; creates missing maps. */
export function setAt(object: JsonObject, path: PropertyPath, value: Json): JsonObject {
  const [step, ...rest] = path;
  if (step === undefined) return object;
  const key = String(step);
  const inner = object[key];
  if (rest.length === 0) return { ...object, [key]: value };
  if (Array.isArray(inner)) return { ...object, [key]: setInList(inner, rest, value) };
  return { ...object, [key]: setAt(isObject(inner) ? inner : {}, rest, value) };
}

function setInList(list: Json[], path: PropertyPath, value: Json): Json[] {
  const [index, ...rest] = path;
  return list.map((item, position) => {
    if (position !== index) return item;
    if (rest.length === 0) return value;
    return isObject(item) ? setAt(item, rest, value) : item;
  });
}

/** Returns a copy without the value at a path of map keys. */
export function deleteAt(object: JsonObject, path: PropertyPath): JsonObject {
  const [step, ...rest] = path;
  const key = String(step);
  const inner = object[key];
  if (rest.length > 0) return isObject(inner) ? { ...object, [key]: deleteAt(inner, rest) } : object;
  const { [key]: _, ...others } = object;
  return others;
}
