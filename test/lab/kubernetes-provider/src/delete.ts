import { setTimeout as sleep } from "node:timers/promises";
import type provider from "@pulumi/pulumi/proto/provider_pb";
import { isNotFound, NoMatchError } from "./api-error";
import { readCheckpoint } from "./checkpoint";
import type { Cluster } from "./cluster";
import { finalizeNamespace } from "./finalize-namespace";
import { type JsonObject, objectAt, stringAt } from "./json";
import { annotation, annotationOf, describeObject, isCrd, parseId } from "./kube-object";
import { fromStruct, revealObject } from "./property-values";
import type { Settings } from "./settings";

const DEFAULT_TIMEOUT = 600;

/**
 * Deletes the object that now has this name, and waits until it is gone; a missing object is fine.
 *
 * Like the official plugin, it ignores uid, owner and manager: an object that another URN took over is deleted too.
 */
export async function remove(
  request: provider.DeleteRequest,
  settings: Settings,
  cancelled: AbortSignal,
): Promise<void> {
  const { inputs, live } = readCheckpoint(fromStruct(request.getProperties()));
  const { namespace, name } = parseId(request.getId());
  const target = {
    ...live,
    metadata: { ...objectAt(live, "metadata"), name, ...(namespace === "" ? {} : { namespace }) },
  };
  const policy = annotationOf(revealObject(inputs), annotation.deletionPropagation);
  const deadline = Date.now() + (request.getTimeout() || DEFAULT_TIMEOUT) * 1000;
  try {
    const answer = await settings.cluster.delete(target, deletionPolicy(policy));
    if (answer.kind === "Status") return;
    await waitUntilGone(settings.cluster, answer, { deadline, cancelled });
  } catch (error) {
    const isGone = isNotFound(error) || error instanceof NoMatchError;
    if (!isGone && !settings.passesOver(error)) throw error;
  } finally {
    if (isCrd(live)) settings.cluster.forgetKinds();
  }
}

/** Foreground by default, as in the official plugin: dependents are deleted first, and the object stays until then. */
function deletionPolicy(wanted: string): string {
  const policies = ["Background", "Foreground", "Orphan"];
  return policies.find((policy) => policy.toLowerCase() === wanted.toLowerCase()) ?? "Foreground";
}

interface Patience {
  readonly deadline: number;
  readonly cancelled: AbortSignal;
}

/** Throws a 404 once the object is gone, or an error that names its finalizers on timeout. */
async function waitUntilGone(cluster: Cluster, going: JsonObject, patience: Patience): Promise<void> {
  const uid = stringAt(objectAt(going, "metadata"), "uid");
  for (let wait = 50; ; wait = Math.min(wait * 1.5, 1_000)) {
    const live = await cluster.get(going);
    if (stringAt(objectAt(live, "metadata"), "uid") !== uid) return;
    const remaining = await finalizeNamespace(cluster, live);
    if (Date.now() > patience.deadline)
      throw new Error(`${describeObject(live)} was deleted, but is not gone: ${reasons(live, remaining)}`);
    await sleep(wait, undefined, { signal: patience.cancelled });
  }
}

function reasons(live: JsonObject, remaining: readonly string[]): string {
  const finalizers = [objectAt(live, "metadata").finalizers, objectAt(live, "spec").finalizers].flat().filter(Boolean);
  const holds = remaining.length > 0 ? `; it still holds ${remaining.join(", ")}` : "";
  return `waiting for the finalizers ${finalizers.join(", ") || "(none)"}${holds}`;
}
