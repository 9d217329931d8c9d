import { isObject, type Json, type JsonObject, objectAt } from "./json";
import { isSecretObject } from "./kube-object";

/**
 * Returns the inputs as they are in the cluster: the live object reduced to the fields that the program sets.
 *
 * A changed field shows its live value, and a removed one is absent; fields added by others are left out, but members
 * that others added to a list of ours are kept.
 */
export function liveInputs(live: JsonObject, inputs: JsonObject): JsonObject {
  const cut = cutMap(isSecretObject(live) ? withStringData(live, inputs) : live, inputs);
  // A cluster-scoped object has no namespace, whatever the program sets.
  const namespace = objectAt(inputs, "metadata").namespace;
  if (namespace === undefined || !isObject(cut.metadata)) return cut;
  return { ...cut, metadata: { ...cut.metadata, namespace } };
}

function cutMap(live: JsonObject, inputs: JsonObject): JsonObject {
  const result: JsonObject = {};
  for (const [key, input] of Object.entries(inputs)) {
    const found = live[key];
    if (found !== undefined) result[key] = cut(found, input);
    else if (isEmpty(input)) result[key] = input;
  }
  return result;
}

function cut(live: Json, input: Json): Json {
  if (isObject(live) && isObject(input)) return cutMap(live, input);
  if (!Array.isArray(live) || !Array.isArray(input)) return live;
  return live.map((item, index) => {
    const before = input[index];
    return before === undefined ? item : cut(item, before);
  });
}

/** Returns true for values that the API server drops: null, and sometimes empty ones. Their absence is no drift. */
function isEmpty(value: Json): boolean {
  if (value === null) return true;
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}

/** Moves a Secret's stringData to data, as it is stored. */
function withStringData(live: JsonObject, inputs: JsonObject): JsonObject {
  if (!isObject(inputs.stringData)) return live;
  const data = objectAt(live, "data");
  const keys = Object.keys(inputs.stringData).filter((key) => typeof data[key] === "string");
  const decoded = keys.map((key) => [key, Buffer.from(String(data[key]), "base64").toString("utf8")]);
  return { ...live, stringData: Object.fromEntries(decoded) };
}
