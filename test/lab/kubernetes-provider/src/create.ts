import { setTimeout as sleep } from "node:timers/promises";
import provider from "@pulumi/pulumi/proto/provider_pb";
import { ApiError, isAlreadyExists, isNamespaceMissing, isNotFound, NoMatchError } from "./api-error";
import { fieldManagerFor, toCheckpoint, toPreview } from "./checkpoint";
import type { Cluster } from "./cluster";
import { isObject, type JsonObject, objectAt, stringAt } from "./json";
import { idOf, isCrd, toApiObject } from "./kube-object";
import { fromStruct, hasUnknown, toStruct } from "./property-values";
import type { Settings } from "./settings";

/** Creates the object; in a preview, asks the API server with a dry run. */
export async function create(
  request: provider.CreateRequest,
  settings: Settings,
  cancelled: AbortSignal,
): Promise<provider.CreateResponse> {
  const inputs = fromStruct(request.getProperties());
  const isPreview = request.getPreview();
  const asIs = () => new provider.CreateResponse().setProperties(request.getProperties());
  if (isPreview && (!settings.isKnown || hasUnknown(inputs))) return asIs();
  const fieldManager = fieldManagerFor(inputs, {});
  const object = toApiObject(inputs);
  const write = () => writeNew(object, { settings, fieldManager, dryRun: isPreview });
  try {
    const made = await (isPreview ? write() : retryMissing(write, cancelled));
    if (!isPreview && isCrd(object)) await waitUntilServed(settings.cluster, object, cancelled);
    const live = isPreview ? toPreview(made, true) : made;
    const initialApiVersion = stringAt(object, "apiVersion");
    const outputs = toCheckpoint({ live, inputs, initialApiVersion, fieldManager });
    return new provider.CreateResponse().setId(isPreview ? "" : idOf(made)).setProperties(toStruct(outputs));
  } catch (error) {
    if (isPreview && mayPass(error)) return asIs();
    throw error;
  }
}

interface NewWrite {
  readonly settings: Settings;
  readonly fieldManager: string;
  readonly dryRun: boolean;
}

/**
 * As in the official plugin since 4.29, an existing object is an error unless the provider sets upsertExistingObjects.
 *
 * The dry run of an upsert is forced: otherwise a replacement would conflict with the object that it replaces. So its
 * preview never shows a conflict that the real run may meet.
 */
async function writeNew(object: JsonObject, { settings, ...options }: NewWrite): Promise<JsonObject> {
  if (!settings.upsert) return settings.cluster.create(object, options);
  return settings.cluster.apply(object, { ...options, force: options.dryRun || settings.forces(object) });
}

/**
 * Returns true for refusals of a dry run that the real run may not meet, so the preview continues without the server's
 * response.
 *
 * Either the namespace or the CRD is created in the same run, or the object of the same name is deleted first (a
 * replacement), or the user of the preview may not write.
 */
function mayPass(error: unknown): boolean {
  if (error instanceof NoMatchError || isNamespaceMissing(error) || isAlreadyExists(error)) return true;
  if (!(error instanceof ApiError)) return false;
  return error.reason === "Forbidden" || /field is immutable|does not support dry run/.test(error.message);
}

/** Retries for a namespace or CRD from the same run that comes slightly late, for lack of a declared dependency. */
async function retryMissing<T>(work: () => Promise<T>, cancelled: AbortSignal): Promise<T> {
  for (let wait = 500; ; wait *= 2) {
    try {
      return await work();
    } catch (error) {
      const isMissing = error instanceof NoMatchError || isNotFound(error);
      if (!isMissing || wait > 4_000) throw error;
      await sleep(wait, undefined, { signal: cancelled });
    }
  }
}

/** Waits for a new CRD's kind, which is served a moment after the CRD is created. */
async function waitUntilServed(cluster: Cluster, crd: JsonObject, cancelled: AbortSignal): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!isEstablished(await cluster.get(crd))) {
    if (Date.now() > deadline) throw new Error(`${idOf(crd)} was made, but its kind is not served after 30 s`);
    await sleep(100, undefined, { signal: cancelled });
  }
  cluster.forgetKinds();
}

function isEstablished(crd: JsonObject): boolean {
  const { conditions } = objectAt(crd, "status");
  const isTrue = (condition: JsonObject) => condition.type === "Established" && condition.status === "True";
  return Array.isArray(conditions) && conditions.some((condition) => isObject(condition) && isTrue(condition));
}
