import provider from "@pulumi/pulumi/proto/provider_pb";
import { isNotFound } from "./api-error";
import { fieldManagerFor, readCheckpoint, toCheckpoint, toPreview } from "./checkpoint";
import type { Cluster } from "./cluster";
import { type JsonObject, stringAt } from "./json";
import { describeObject, idOf, isCrd, nameOf, toApiObject } from "./kube-object";
import { forcesPreview, hasNoManagers, ownerOf, takeOver } from "./managed-fields";
import { PartialFailure, type Remains } from "./partial-failure";
import { deleteAt, setAt, valueAt } from "./property-edit";
import { parsePath } from "./property-path";
import { fromStruct, hasUnknown, toStruct } from "./property-values";
import type { Settings } from "./settings";

/** Updates the object to the new inputs; in a preview, with a dry run. */
export async function update(request: provider.UpdateRequest, settings: Settings): Promise<provider.UpdateResponse> {
  const inputs = fromStruct(request.getNews());
  const state = fromStruct(request.getOlds());
  const isPreview = request.getPreview();
  if (isPreview && (!settings.isKnown || hasUnknown(inputs)))
    return new provider.UpdateResponse().setProperties(request.getNews());
  const { cluster } = settings;
  const fieldManager = fieldManagerFor(inputs, state);
  const initialApiVersion =
    stringAt(state, "__initialApiVersion") || stringAt(readCheckpoint(state).live, "apiVersion");
  const outputsOf = (live: JsonObject) =>
    toStruct(
      toCheckpoint({ live: isPreview ? toPreview(live, false) : live, inputs, initialApiVersion, fieldManager }),
    );
  const object = toApiObject(inputs);
  const live = await readLive(cluster, object);
  const earlier = fieldManagerFor(readCheckpoint(state).inputs, { __fieldManager: fieldManager, ...state });
  try {
    const written = await write(object, { request, settings, live, fieldManager });
    if (!isPreview && earlier !== fieldManager) await cluster.relinquish(written, earlier);
    return new provider.UpdateResponse().setProperties(outputsOf(written));
  } catch (error) {
    throw await withState(error, () => cluster.get(object).then((now) => ({ id: idOf(now), outputs: outputsOf(now) })));
  }
}

/**
 * Returns the failure with the current object, which becomes the state's outputs.
 *
 * As in the official plugin, the next run tries again, even if the program then equals the state.
 */
async function withState(error: unknown, readNow: () => Promise<Remains>): Promise<unknown> {
  const remains = await readNow().catch(() => undefined);
  return remains === undefined ? error : new PartialFailure(error, remains);
}

interface Write {
  readonly request: provider.UpdateRequest;
  readonly settings: Settings;
  readonly live: JsonObject;
  readonly fieldManager: string;
}

/** Replaces a CRD as a whole; applies everything else server-side with the resource's own field manager. */
async function write(object: JsonObject, { request, settings, live, fieldManager }: Write): Promise<JsonObject> {
  const { cluster } = settings;
  const dryRun = request.getPreview();
  if (isCrd(object)) return cluster.replace(object, live, { fieldManager, dryRun });
  const current = dryRun ? live : await ownFields(cluster, live, fieldManager);
  const body = withoutIgnored(object, { live: current, ignored: request.getIgnorechangesList(), fieldManager });
  const force = settings.forces(object) || hasNoManagers(current) || (dryRun && forcesPreview(current));
  return cluster.apply(body, { fieldManager, dryRun, force });
}

async function readLive(cluster: Cluster, object: JsonObject): Promise<JsonObject> {
  try {
    return await cluster.get(object);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    throw new Error(
      `${describeObject(object)} is gone from the cluster, though Pulumi's state has it: ` +
        `run \`pulumi refresh\` (or \`pulumi up --refresh\`) to make it again`,
    );
  }
}

/**
 * Turns fields written without server-side apply (for example by Create) into applied ones, so that they can be
 * removed.
 */
async function ownFields(cluster: Cluster, live: JsonObject, fieldManager: string): Promise<JsonObject> {
  const managedFields = takeOver(live, fieldManager);
  return managedFields === undefined ? live : cluster.patchManagedFields(live, managedFields);
}

/**
 * Fields under ignoreChanges keep their live value, or are left to the manager that owns them.
 *
 * Leaving out a field of ours would remove it; sending another manager's field would be a conflict.
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
