import type provider from "@pulumi/pulumi/proto/provider_pb";
import { readCheckpoint } from "./checkpoint";
import { diffObjects, toDiffResponse } from "./detailed-diff";
import { forceNewPaths } from "./force-new";
import type { JsonObject } from "./json";
import { annotation, annotationOf, nameOf, namespaceOf } from "./kube-object";
import { parsePath } from "./property-path";
import { fromStruct, revealObject } from "./property-values";
import type { Settings } from "./settings";

/** Compares the last inputs (as refreshed) with the new ones, without requests to the cluster. */
export function diff(request: provider.DiffRequest, settings: Settings): provider.DiffResponse {
  const before = lastInputs(request.getOldInputs(), request.getOlds());
  const after = revealObject(fromStruct(request.getNews()));
  const changes = diffObjects(before, after, {
    forceNew: forceNewPaths(after, settings.mutable),
    ignore: request.getIgnorechangesList().map(parsePath),
  });
  return toDiffResponse(changes, mustDeleteFirst(before, after));
}

type WireStruct = ReturnType<provider.DiffRequest["getOlds"]>;

/** Returns the last inputs without secret markers. */
function lastInputs(inputs: WireStruct, state: WireStruct): JsonObject {
  const given = fromStruct(inputs);
  return revealObject(Object.keys(given).length > 0 ? given : readCheckpoint(fromStruct(state)).inputs);
}

/** Returns true if both objects have the same name, and so can't exist at the same time. */
function mustDeleteFirst(before: JsonObject, after: JsonObject): boolean {
  if (annotationOf(after, annotation.autonamed) === "true") return false;
  return nameOf(before) === nameOf(after) && namespaceOf(before) === namespaceOf(after);
}
