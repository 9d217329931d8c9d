import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Subject } from "../diagnostics/diagnostic.js";
import { objectKey, objectName, type RenderedObject } from "../kube/object.js";
import { WAY_PATH } from "../kube/way.js";
import { deferredNumbers, isDeferred } from "../model/deferred.js";
import { listedFor } from "./adopted.js";
import { type Annotations, type Claim, factsOf, finding } from "./claim.js";
import type { ClusterConnection } from "./connection.js";
import { resolved, urnOf } from "./engine.js";
import { RoutingError } from "./error.js";
import { leavesIn, outputOf } from "./leaf.js";
import { AWAITED, knownAnnotations } from "./ownership.js";

/** A resource's objects once its leaves are known, by cluster and key; rejected if a check finds an error. */
export type SettledObjects = Promise<ReadonlyMap<string, RenderedObject>>;

/** Returns a key that is unique among a resource's objects. */
export function clusterKey(rendered: RenderedObject): string {
  return `${rendered.cluster}/${objectKey(rendered.object)}`;
}

/** A child to declare for a rendered object. */
export interface Child {
  readonly rendered: RenderedObject;
  readonly claim: Claim;
  /**
   * Mutable until the object's owner is known: Pulumi reads them when the child is registered, which waits for its
   * metadata.
   */
  readonly transforms: pulumi.ResourceTransform[];
  readonly aliases: (pulumi.URN | pulumi.Alias)[];
  /** The uid of the object, if it is to be replaced. */
  readonly replaced: ReadonlySet<string>;
}

/** Prepares the child of a resource that declares a rendered object. */
export function childOf(
  rendered: RenderedObject,
  resource: pulumi.ComponentResource,
  subject: Subject,
  connection: ClusterConnection,
): Child {
  const { object } = rendered;
  const { kind, metadata } = object;
  const nameIn = (cluster: string) => `${subject.name}-${cluster}-${kind}-${metadata.name}`;
  const transforms: pulumi.ResourceTransform[] = [];
  const takeOver = () => {
    const id = objectName(object);
    transforms.push(({ props, opts }) => ({ props, opts: { ...opts, import: id } }));
  };
  const replaced = new Set<string>();
  const replace = (uid: string | undefined) => {
    if (uid !== undefined) replaced.add(uid);
    transforms.push(({ props, opts }) => {
      const { replaceOnChanges = [] } = opts as pulumi.CustomResourceOptions;
      return { props, opts: { ...opts, replaceOnChanges: [...replaceOnChanges, WAY_PATH] } };
    });
  };
  const annotate = (more: Annotations) => {
    transforms.push(({ props, opts }) => ({ props: annotated(props, more), opts }));
  };
  const [childName, formerNames] = [nameIn(connection.cluster), connection.formerNames.map(nameIn)];
  const aliases: (pulumi.URN | pulumi.Alias)[] = formerNames.map((name) => ({ name }));
  const wasCalled = (urn: string) => aliases.push(urn);
  const listed = listedFor(connection, object);
  const claim = {
    resource,
    subject,
    object,
    childName,
    formerNames,
    connection,
    isListed: listed.length > 0,
    fromStacks: listed.flatMap(({ fromStack }) => fromStack ?? []),
    takeOver,
    replace,
    annotate,
    wasCalled,
  };
  return { rendered, transforms, aliases, claim, replaced };
}

/** Returns an object's properties with more annotations. */
function annotated(props: pulumi.Inputs, more: Annotations): pulumi.Inputs {
  const { metadata } = props as { readonly metadata?: { readonly annotations?: object } };
  return { ...props, metadata: { ...metadata, annotations: { ...metadata?.annotations, ...more } } };
}

/**
 * Fails if an object that was to be replaced is still the same: a transformation removed the change that triggers the
 * replacement, and the object is only in the former cluster.
 */
export async function assertReplaced(
  { claim, replaced }: Child,
  child: k8s.apiextensions.CustomResource,
): Promise<void> {
  await urnOf(child);
  if (replaced.size === 0 || pulumi.runtime.isDryRun()) return;
  const { uid } = ((await resolved(child.metadata)).value ?? {}) as { readonly uid?: string };
  if (uid !== undefined && replaced.has(uid)) throw refused(claim);
}

function refused(claim: Claim): RoutingError {
  return new RoutingError([finding("MW0546", claim, factsOf(claim))], claim.resource);
}

/** Declares a child as soon as its object's owner is known. */
export function declareChild(
  { rendered, claim, transforms, aliases }: Child,
  annotations: Promise<Readonly<Record<string, string | undefined>>>,
  options: { readonly settled?: SettledObjects; readonly dependsOn?: pulumi.Resource[] },
): k8s.apiextensions.CustomResource {
  const { apiVersion, kind, metadata } = rendered.object;
  const { resource: parent, childName, connection } = claim;
  // only the values are promises, so transformations see an object with its name, labels and annotations
  const more = Object.fromEntries(AWAITED.map((key) => [key, quietly(annotations.then((all) => all[key]))]));
  const claimed = { ...metadata, annotations: { ...metadata.annotations, ...knownAnnotations(claim), ...more } };
  const args = { apiVersion, kind, metadata: claimed as pulumi.Input<object>, spec: specOf(rendered, options.settled) };
  const { dependsOn } = options;
  return withShortStacks(
    () =>
      new k8s.apiextensions.CustomResource(childName, args, {
        parent,
        provider: connection.provider,
        transforms,
        aliases,
        ...(dependsOn && { dependsOn }),
      }),
  );
}

/**
 * Runs a function while stack traces are limited to a few frames.
 *
 * Pulumi captures a stack for every promise, in case it never settles, and resolves the source of each frame: a quarter
 * of the time to declare an object. The frames between the program and Pulumi are of no use here.
 */
function withShortStacks<T>(run: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = FRAMES;
  try {
    return run();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

const FRAMES = 2;

/** Keeps Node.js from reporting an unhandled rejection before Pulumi awaits the promise. */
function quietly<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

/** Returns the object's spec, with placeholders replaced by their Outputs. */
function specOf(rendered: RenderedObject, settled: SettledObjects | undefined): unknown {
  const { spec } = rendered.object;
  if (settled === undefined) return spec;
  const key = clusterKey(rendered);
  const at = (path: readonly (string | number)[]) =>
    quietly(settled.then((objects) => valueAt(objects.get(key)?.object.spec, path)));
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

/** Returns an Output that is as known, as secret and as dependent as the leaves it is computed from. */
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
