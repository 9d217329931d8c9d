import { randomBytes } from "node:crypto";
import { isObject, type JsonObject, objectAt, stringAt } from "./json";
import { annotation, annotationOf, fromApiObject, isSecretObject } from "./kube-object";
import { hasSecret, markSecretsLike, revealObject, toSecret, UNKNOWN_STRING } from "./property-values";

const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

export interface CheckpointParts {
  readonly live: JsonObject;
  /** The inputs, with their secret markers. */
  readonly inputs: JsonObject;
  readonly initialApiVersion: string;
  readonly fieldManager: string;
}

/** Returns the outputs of a resource: the live object, and the data for the next operation. */
export function toCheckpoint(parts: CheckpointParts): JsonObject {
  return {
    ...markSecrets(fromApiObject(parts.live), parts.inputs),
    __inputs: markSecrets(revealObject(parts.inputs), parts.inputs),
    __initialApiVersion: parts.initialApiVersion,
    __fieldManager: parts.fieldManager,
  };
}

/** Adds secret markers at the paths where the inputs have them, and to all data of a Secret. */
export function markSecrets(object: JsonObject, inputs: JsonObject): JsonObject {
  const like = isSecretObject(object) ? { ...inputs, ...secretData(object) } : inputs;
  const marked = markSecretsLike(object, like);
  const result = isObject(marked) ? marked : object;
  const metadata = result.metadata;
  const annotations = isObject(metadata) ? metadata.annotations : undefined;
  if (!isObject(metadata) || !isObject(annotations) || annotations[LAST_APPLIED] === undefined) return result;
  if (!hasSecret(inputs)) return result;
  // kubectl's annotation contains the whole object as text.
  const hidden = { ...annotations, [LAST_APPLIED]: toSecret(annotations[LAST_APPLIED]) };
  return { ...result, metadata: { ...metadata, annotations: hidden } };
}

function secretData(object: JsonObject): JsonObject {
  const keys = ["data", "stringData"].filter((key) => object[key] !== undefined);
  return Object.fromEntries(keys.map((key) => [key, toSecret(null)]));
}

/** Reads a resource's last outputs. */
export function readCheckpoint(state: JsonObject): { inputs: JsonObject; live: JsonObject; fieldManager: string } {
  const { __inputs, __initialApiVersion: _, __fieldManager, ...live } = state;
  return {
    inputs: isObject(__inputs) ? __inputs : {},
    live: revealObject(live),
    fieldManager: typeof __fieldManager === "string" ? __fieldManager : "",
  };
}

/** Returns the field manager: set by annotation, otherwise kept from the state, otherwise a new random name. */
export function fieldManagerFor(inputs: JsonObject, state: JsonObject): string {
  const chosen = annotationOf(revealObject(inputs), annotation.patchFieldManager);
  return chosen || stringAt(state, "__fieldManager") || `pulumi-kubernetes-${randomBytes(4).toString("hex")}`;
}

/**
 * Turns a dry run's response into outputs of a preview: values that only the real run decides are unknown, and status
 * is absent.
 */
export function toPreview(live: JsonObject, isNew: boolean): JsonObject {
  const { status: _, ...rest } = live;
  const decidedLater = isNew ? ["uid", "creationTimestamp", "resourceVersion"] : ["resourceVersion"];
  const unknown = Object.fromEntries(decidedLater.map((key) => [key, UNKNOWN_STRING]));
  return { ...rest, metadata: { ...objectAt(live, "metadata"), ...unknown } };
}
