import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { objectKey, type RenderedObject } from "../kube/object.js";
import { deferredNumbers, isDeferred } from "../model/deferred.js";
import { leavesIn, outputOf } from "./leaf.js";

/** The objects that a resource has once its leaves are known, by cluster and key; rejected where a check finds an error. */
export type SettledObjects = Promise<ReadonlyMap<string, RenderedObject>>;

/** A key that no two objects of a resource share. */
export function clusterKey(rendered: RenderedObject): string {
  return `${rendered.cluster}/${objectKey(rendered.object)}`;
}

/** Declares a rendered object in its cluster, as a child of the resource that made it. */
export function declareObject(
  rendered: RenderedObject,
  parent: pulumi.ComponentResource,
  options: {
    readonly provider: k8s.Provider;
    readonly name: string;
    readonly settled?: SettledObjects;
    readonly dependsOn?: pulumi.Resource[];
    /** What else is waited for, without being a dependency. */
    readonly after?: Promise<unknown>;
  },
): k8s.apiextensions.CustomResource {
  const { apiVersion, kind, metadata } = rendered.object;
  const childName = `${options.name}-${rendered.cluster}-${kind}-${metadata.name}`;
  const { settled, after } = options;
  const gated =
    settled === undefined && after === undefined
      ? metadata
      : pulumi.output(Promise.all([settled, after]).then(() => metadata));
  const args = {
    apiVersion,
    kind,
    metadata: gated as pulumi.Input<typeof metadata>,
    spec: specOf(rendered, options.settled),
  };
  const { provider, dependsOn } = options;
  return withShortStacks(
    () => new k8s.apiextensions.CustomResource(childName, args, { parent, provider, ...(dependsOn && { dependsOn }) }),
  );
}

/**
 * Runs something while stack traces hold only a few frames.
 *
 * Pulumi takes one for every promise that it makes, in case it is never settled, and looks up each frame's source: a quarter of the time of
 * declaring an object. What lies between the program and Pulumi here tells nobody anything.
 */
function withShortStacks<T>(run: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = SHORT;
  try {
    return run();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

const SHORT = 2;

/** The object's spec, with the Outputs back in the places of their placeholders. */
function specOf(rendered: RenderedObject, settled: SettledObjects | undefined): unknown {
  const { spec } = rendered.object;
  if (settled === undefined) return spec;
  const key = clusterKey(rendered);
  const at = (path: readonly (string | number)[]) =>
    settled.then((objects) => valueAt(objects.get(key)?.object.spec, path));
  if (rendered.shapedBy !== undefined) {
    return settle([...new Set([...deferredNumbers(rendered.shapedBy), ...leavesIn(spec)])], () => at([]));
  }
  return withOutputs(spec, [], at);
}

function withOutputs(
  value: unknown,
  path: readonly (string | number)[],
  at: (path: readonly (string | number)[]) => Promise<unknown>,
): unknown {
  if (isDeferred(value)) return settle(deferredNumbers(value), () => at(path));
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item, index) => withOutputs(item, [...path, index], at));
  const keys = Object.keys(value).flatMap(deferredNumbers);
  // Pulumi has no unknown keys: the whole object waits
  if (keys.length > 0) return settle([...new Set([...keys, ...leavesIn(value)])], () => at(path));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withOutputs(item, [...path, key], at)]));
}

/** An Output that is as known, as secret and as dependent as the leaves that it is made of. */
function settle(numbers: readonly number[], value: () => Promise<unknown>): pulumi.Output<unknown> {
  return pulumi.all(numbers.map(outputOf)).apply(value);
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inside, step) =>
      typeof inside === "object" && inside !== null ? (inside as Record<string | number, unknown>)[step] : undefined,
    value,
  );
}
