import provider from "@pulumi/pulumi/proto/provider_pb";
import { conflictingManagers, isNotFound } from "./api-error";
import { fieldManagerFor, readCheckpoint, toCheckpoint, toPreview } from "./checkpoint";
import type { Cluster } from "./cluster";
import { type JsonObject, stringAt } from "./json";
import { annotation, annotationOf, describeObject, nameOf, toApiObject } from "./kube-object";
import { ownerOf, takeOver, willTakeOver } from "./managed-fields";
import { deleteAt, setAt, valueAt } from "./property-edit";
import { parsePath } from "./property-path";
import { fromStruct, hasUnknown, toStruct } from "./property-values";
import type { Settings } from "./settings";

/** Server-side apply of the new inputs with the resource's own field manager; a dry run in a preview. */
export async function update(request: provider.UpdateRequest, settings: Settings): Promise<provider.UpdateResponse> {
  const inputs = fromStruct(request.getNews());
  const state = fromStruct(request.getOlds());
  const dryRun = request.getPreview();
  if (dryRun && (!settings.isKnown || hasUnknown(inputs)))
    return new provider.UpdateResponse().setProperties(request.getNews());
  const { cluster } = settings;
  const fieldManager = fieldManagerFor(inputs, state);
  const object = toApiObject(inputs);
  const found = await readLive(cluster, object);
  const live = dryRun ? found : await ownFields(cluster, found, fieldManager);
  const ignored = request.getIgnorechangesList();
  const body = withoutIgnored(object, { live, ignored, fieldManager });
  const force = settings.patchForce || annotationOf(object, annotation.patchForce) === "true";
  const applied = await applyObject(cluster, body, { fieldManager, dryRun, force });
  const initialApiVersion =
    stringAt(state, "__initialApiVersion") || stringAt(readCheckpoint(state).live, "apiVersion");
  const shown = dryRun ? toPreview(applied, false) : applied;
  const outputs = toCheckpoint({ live: shown, inputs, initialApiVersion, fieldManager });
  return new provider.UpdateResponse().setProperties(toStruct(outputs));
}

async function readLive(cluster: Cluster, object: JsonObject): Promise<JsonObject> {
  try {
    return await cluster.get(object);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    throw new Error(
      `${describeObject(object)} is gone from the cluster, though Pulumi's state has it: run \`pulumi refresh\` (or \`pulumi up --refresh\`) to make it again`,
    );
  }
}

/** Turns fields written without server-side apply (by Create, for one) into applied ones, so that they can be removed. */
async function ownFields(cluster: Cluster, live: JsonObject, fieldManager: string): Promise<JsonObject> {
  const managedFields = takeOver(live, fieldManager);
  return managedFields === undefined ? live : cluster.patchManagedFields(live, managedFields);
}

async function applyObject(
  cluster: Cluster,
  object: JsonObject,
  options: { readonly fieldManager: string; readonly dryRun: boolean; readonly force: boolean },
): Promise<JsonObject> {
  try {
    return await cluster.apply(object, options);
  } catch (error) {
    // A dry run doesn't take fields over first, so a conflict about those says nothing.
    if (!options.dryRun || !willTakeOver(conflictingManagers(error))) throw error;
    return cluster.apply(object, { ...options, force: true });
  }
}

/**
 * Fields under ignoreChanges keep their live value, or are left to the manager who has them.
 *
 * Leaving out a field of ours would remove it; sending one of theirs would be a conflict.
 */
function withoutIgnored(
  object: JsonObject,
  context: { readonly live: JsonObject; readonly ignored: readonly string[]; readonly fieldManager: string },
): JsonObject {
  let result = object;
  for (const path of context.ignored.map(parsePath)) {
    const current = valueAt(context.live, path);
    if (ownerOf(context.live, path, context.fieldManager) === "others") result = deleteAt(result, path);
    else if (current !== undefined) result = setAt(result, path, current);
  }
  return { ...result, metadata: { ...asMap(result.metadata), name: nameOf(object) } };
}

function asMap(value: JsonObject[string] | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}
