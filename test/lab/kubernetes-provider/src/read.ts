import provider from "@pulumi/pulumi/proto/provider_pb";
import { isNotFound, NoMatchError } from "./api-error";
import { typeOf } from "./check";
import { fieldManagerFor, markSecrets, readCheckpoint, toCheckpoint } from "./checkpoint";
import { isBuiltInGroup } from "./discovery";
import { groupOf } from "./force-new";
import { type JsonObject, objectAt, stringAt } from "./json";
import { fromApiObject, identityOf, kindOfType, parseId } from "./kube-object";
import { liveInputs } from "./live-inputs";
import { fromStruct, revealObject, toStruct } from "./property-values";
import type { Settings } from "./settings";

/** Reads the live object for a refresh, an import or a `.get`; an empty ID means that it is gone. */
export async function read(request: provider.ReadRequest, settings: Settings): Promise<provider.ReadResponse> {
  const state = fromStruct(request.getProperties());
  const inputs = fromStruct(request.getInputs());
  const { namespace, name } = parseId(request.getId());
  const last = Object.keys(inputs).length > 0 ? revealObject(inputs) : readCheckpoint(state).live;
  const { apiVersion, kind } = kindOfType(typeOf(request.getUrn()));
  const target: JsonObject = {
    apiVersion: stringAt(last, "apiVersion") || apiVersion,
    kind: stringAt(last, "kind") || kind,
    metadata: { name, ...(namespace === "" ? {} : { namespace }) },
  };
  let live: JsonObject;
  try {
    live = await settings.cluster.get(target);
  } catch (error) {
    const isGone = isNotFound(error) || error instanceof NoMatchError;
    if (isGone || settings.passesOver(error)) return new provider.ReadResponse();
    throw error;
  }
  const shown = fromApiObject(live);
  const isImport = Object.keys(inputs).length === 0;
  const current = isImport ? importedInputs(shown) : liveInputs(shown, revealObject(inputs));
  const marked = markSecrets(current, inputs);
  const initialApiVersion = stringAt(state, "__initialApiVersion") || stringAt(target, "apiVersion");
  const fieldManager = fieldManagerFor(inputs, state);
  const outputs = toCheckpoint({ live, inputs: marked, initialApiVersion, fieldManager });
  return new provider.ReadResponse()
    .setId(request.getId())
    .setProperties(toStruct(outputs))
    .setInputs(toStruct(marked));
}

/**
 * Returns the inputs of an object that Pulumi doesn't know yet: everything but what the API server fills in.
 *
 * For a custom resource only its identity, like the official plugin, which relies on the fields of typed kinds. So an
 * import is followed by an update with everything in the program.
 */
function importedInputs(live: JsonObject): JsonObject {
  if (!isBuiltInGroup(groupOf(stringAt(live, "apiVersion")))) return identityOf(live);
  const { status: _status, ...inputs } = live;
  const {
    creationTimestamp: _c,
    generation: _g,
    resourceVersion: _r,
    uid: _u,
    ...metadata
  } = objectAt(live, "metadata");
  return { ...inputs, metadata };
}
