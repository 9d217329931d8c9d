import { isObject, type Json, type JsonObject, objectAt, renameKeys, stringAt } from "./json";
import { isSecret, isUnknown, reveal, toSecret } from "./property-values";

const EXTENSION = /^x_kubernetes_/;

export const annotation = {
  autonamed: "pulumi.com/autonamed",
  patchForce: "pulumi.com/patchForce",
  patchFieldManager: "pulumi.com/patchFieldManager",
  deletionPropagation: "pulumi.com/deletionPropagationPolicy",
} as const;

export function nameOf(object: JsonObject): string {
  return stringAt(objectAt(object, "metadata"), "name");
}

export function namespaceOf(object: JsonObject): string {
  return stringAt(objectAt(object, "metadata"), "namespace");
}

export function annotationOf(object: JsonObject, key: string): string {
  return stringAt(objectAt(objectAt(object, "metadata"), "annotations"), key);
}

/** Returns the minimum that identifies an object: kind, name, and namespace if it has one. */
export function identityOf({ apiVersion = "", kind = "", ...object }: JsonObject): JsonObject {
  const { name = "", namespace = null } = objectAt(object, "metadata");
  return { apiVersion, kind, metadata: namespace === null ? { name } : { name, namespace } };
}

/** Returns Pulumi's ID of an object: `namespace/name`, or `name` if cluster-scoped. */
export function idOf(object: JsonObject): string {
  const namespace = namespaceOf(object);
  return namespace === "" ? nameOf(object) : `${namespace}/${nameOf(object)}`;
}

export function parseId(id: string): { readonly namespace: string; readonly name: string } {
  const slash = id.indexOf("/");
  return { namespace: id.slice(0, Math.max(slash, 0)), name: id.slice(slash + 1) };
}

/** Returns an object's name in messages, such as `VirtualService shop/reviews`. */
export function describeObject(object: JsonObject): string {
  return `${stringAt(object, "kind")} ${idOf(object)}`;
}

export function isSecretObject(object: JsonObject): boolean {
  return object.kind === "Secret" && object.apiVersion === "v1";
}

export function isCrd(object: JsonObject): boolean {
  return (
    object.kind === "CustomResourceDefinition" && stringAt(object, "apiVersion").startsWith("apiextensions.k8s.io/")
  );
}

/**
 * Returns the object for the API server: without secret markers, and with two changes.
 *
 * `x_kubernetes_*` keys get their dashes back, which typed SDKs can't have; a Secret's stringData becomes data, because
 * server-side apply doesn't notice when a key is removed from stringData.
 */
export function toApiObject(inputs: JsonObject): JsonObject {
  const dashed = renameKeys(reveal(inputs), (key) => (EXTENSION.test(key) ? key.replaceAll("_", "-") : key));
  const object = isObject(dashed) ? dashed : {};
  if (!isSecretObject(object) || !isObject(object.stringData)) return object;
  const { stringData, ...rest } = object;
  return { ...rest, data: { ...objectAt(object, "data"), ...encodeValues(stringData) } };
}

function encodeValues(data: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, toBase64(value)]));
}

function toBase64(value: Json): Json {
  return typeof value === "string" ? Buffer.from(value, "utf8").toString("base64") : value;
}

/** Returns a live object for Pulumi: with underscores in `x-kubernetes-*` keys, and without managedFields. */
export function fromApiObject(live: JsonObject): JsonObject {
  const { managedFields: _, ...metadata } = objectAt(live, "metadata");
  const underscored = renameKeys({ ...live, metadata }, (key) =>
    key.startsWith("x-kubernetes-") ? key.replaceAll("-", "_") : key,
  );
  return isObject(underscored) ? underscored : {};
}

/**
 * Returns a copy of an object with changed metadata, keeping a secret marker around it.
 *
 * Unknown metadata stays as it is: it can't hold a value.
 */
export function editMetadata(object: JsonObject, edit: (metadata: JsonObject) => JsonObject): JsonObject {
  const metadata = object.metadata ?? {};
  if (isUnknown(metadata)) return object;
  if (isSecret(metadata)) {
    const revealed = reveal(metadata);
    return isObject(revealed) ? { ...object, metadata: toSecret(edit(revealed)) } : object;
  }
  if (!isObject(metadata)) return object;
  const edited = edit(metadata);
  return edited === object.metadata ? object : { ...object, metadata: edited };
}

/**
 * Returns the kind of a type token: `kubernetes:networking.istio.io/v1:VirtualService`; the core group is written
 * `core/v1`.
 */
export function kindOfType(token: string): { readonly apiVersion: string; readonly kind: string } {
  const [, groupVersion = "", kind = ""] = token.split(":");
  return { apiVersion: groupVersion.replace(/^core\//, ""), kind };
}
