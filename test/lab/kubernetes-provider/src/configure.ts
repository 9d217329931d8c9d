import provider from "@pulumi/pulumi/proto/provider_pb";
import { isSame, type Json, type JsonObject, stringAt } from "./json";
import { activeCluster } from "./kubeconfig";
import { fromStruct, isUnknown, revealObject } from "./property-values";
import { clusterChoice, type Variables } from "./settings";

const PREFIX = "kubernetes:config:";
const CLUSTER_KEYS = ["kubeconfig", "context", "cluster"] as const;

/** Returns the provider's settings by name. */
export function readVariables(request: provider.ConfigureRequest): Variables {
  return new Map(
    request
      .getVariablesMap()
      .toArray()
      .map(([key, value]) => [key.replace(PREFIX, ""), value]),
  );
}

/**
 * Compares the provider's settings: another active cluster replaces the provider and its resources.
 *
 * An unknown kubeconfig may lead to another cluster, so it replaces too (as in the official plugin).
 */
export function diffConfig(request: provider.DiffRequest): provider.DiffResponse {
  const before = revealObject(fromStruct(request.getOldInputs() ?? request.getOlds()));
  const after = revealObject(fromStruct(request.getNews()));
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => key !== "version");
  const changed = keys.filter((key) => !isSame(before[key], after[key]));
  const { DIFF_NONE, DIFF_SOME } = provider.DiffResponse.DiffChanges;
  return new provider.DiffResponse()
    .setChanges(changed.length === 0 ? DIFF_NONE : DIFF_SOME)
    .setDiffsList(changed)
    .setReplacesList(replacingKeys(before, after, changed));
}

function replacingKeys(before: JsonObject, after: JsonObject, changed: readonly string[]): string[] {
  const identifier = after.clusterIdentifier;
  if (isText(before.clusterIdentifier) && isText(identifier))
    return before.clusterIdentifier === identifier ? [] : ["clusterIdentifier"];
  const unknown = CLUSTER_KEYS.filter((key) => isUnknown(after[key]));
  if (unknown.length > 0) return unknown;
  const old = clusterOf(before);
  const current = clusterOf(after);
  if (old === undefined || current === undefined || isSame(old, current)) return [];
  return CLUSTER_KEYS.filter((key) => changed.includes(key));
}

function isText(value: Json | undefined): boolean {
  return typeof value === "string" && value !== "";
}

/** Returns unknown if the setting names no kubeconfig: the official plugin then ignores the ambient one. */
function clusterOf(config: JsonObject): JsonObject | undefined {
  if (stringAt(config, "kubeconfig") === "") return undefined;
  return activeCluster(clusterChoice((name) => stringAt(config, name)));
}
