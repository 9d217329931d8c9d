import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { hideEncrypted } from "./encrypted-config.js";
import type { Project } from "./project.js";
import { isUnknownSignal, unknownMember } from "./unknown-member.js";

export { isUnknownSignal };

/** A program's Pulumi SDK without an engine. */
export interface Mocked {
  /** Waits until all declared resources are registered. */
  readonly settled: () => Promise<void>;
  /** Requests of the program that were not answered. */
  readonly notes: () => readonly string[];
  /** Resources in callbacks that were not called, because their values are unknown. */
  readonly skipped: () => readonly string[];
}

type Pulumi = typeof pulumi;
type Runtime = { deserializeProperties: (struct: unknown, keepUnknowns?: boolean) => Record<string, unknown> };

/**
 * Makes every copy of Pulumi in a program answer like a preview, without an engine: values that only providers know
 * stay unknown.
 */
export async function mockPulumi(load: NodeJS.Require, { name, stack, encrypted }: Project): Promise<Mocked> {
  const notes = new Set<string>();
  const skipped = new Set<string>();
  const copies = copiesOf(load);
  const mocks: pulumi.runtime.Mocks = {
    newResource: ({ type, name: resource, inputs }) => {
      if (type === "pulumi:pulumi:StackReference")
        notes.add(`the outputs of stack ${resource} are not read and count as unknown`);
      return { id: undefined, state: inputs as Record<string, unknown> };
    },
    call: ({ token }) => {
      notes.add(`the provider function ${token} is not called, and its results count as unknown`);
      return {};
    },
  };
  for (const entry of copies) {
    leaveUnknown(entry);
    hideEncrypted(require(entry) as Pulumi, encrypted);
    watchApply(require(entry) as Pulumi, (made) => skipped.add(made));
    await (require(entry) as Pulumi).runtime.setMocks(mocks, name, stack, true, "organization");
  }
  return {
    settled: async () => {
      for (const entry of copies) await (require(entry) as Pulumi).runtime.disconnect();
    },
    notes: () => [...notes],
    skipped: () => [...skipped],
  };
}

/** JavaScript's own classes, which create no resources. */
const PLAIN = new Set(Object.getOwnPropertyNames(globalThis));

/** Returns what a callback creates, such as `new meshway.RouteTable`; only inspects the callback's own source. */
function madeIn(callback: unknown): string | undefined {
  const found = String(callback).matchAll(/\bnew\s+((?:\w+\.)*([A-Z]\w*))\s*\(/g);
  return [...found].find(([, , name = ""]) => !PLAIN.has(name))?.[1];
}

/** Reports callbacks of `apply` that create resources and are not called. */
function watchApply({ Output }: Pulumi, report: (made: string) => void): void {
  const prototype = (Output as unknown as { readonly prototype: Applicable }).prototype;
  const original = prototype.apply;
  prototype.apply = function (this: Applicable, callback: unknown, runsAlways?: boolean) {
    const made = runsAlways === true ? undefined : madeIn(callback);
    if (made !== undefined) {
      const skip = (isKnown: boolean) => isKnown || report(`new ${made}`);
      this.isKnown.then(skip).catch(() => undefined);
    }
    return original.call(this, callback, runsAlways);
  };
}

/** Private fields of Outputs in Pulumi's SDK. */
interface Applicable {
  readonly isKnown: Promise<boolean>;
  apply(callback: unknown, runsAlways?: boolean): unknown;
}

/** Returns the copies of Pulumi's SDK: the program's own, its Meshway's, and this command's. */
function copiesOf(load: NodeJS.Require): ReadonlySet<string> {
  const copies = new Set<string>();
  const add = (from: NodeJS.Require): void => {
    try {
      copies.add(from.resolve("@pulumi/pulumi"));
    } catch {
      // not installed
    }
  };
  add(load);
  try {
    add(createRequire(load.resolve("meshway")));
  } catch {
    // the program may use this command's copy, as in a test
  }
  add(require);
  return copies;
}

/**
 * Makes fields that are missing in a resource's inputs unknown in its outputs, at any depth.
 *
 * Pulumi's mocks do so only at the top level: an object such as `spec` would be known to have no `clusterIP`.
 */
function leaveUnknown(entry: string): void {
  const rpc = require(join(dirname(entry), "runtime", "rpc.js")) as Runtime;
  const original = rpc.deserializeProperties;
  rpc.deserializeProperties = (struct, keepUnknowns) => unknownMembers(original(struct, keepUnknowns));
}

/** Pulumi's signature key of special objects, such as secrets. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

function unknownMembers<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(unknownMembers) as T;
  if (Object.getPrototypeOf(value) !== Object.prototype || "__pulumiUnknown" in value) return value;
  const inside = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unknownMembers(item)]));
  if (SIGNATURE in value) return inside as T;
  return new Proxy(inside, {
    get: (target, key, receiver) =>
      key in target || typeof key === "symbol" || key.startsWith("__") || SILENT.includes(key)
        ? Reflect.get(target, key, receiver)
        : unknownMember,
  }) as T;
}

/** Fields that code reads on any object. */
const SILENT: readonly string[] = ["then", "toJSON", "doNotCapture", "deploymentOnlyModule", "inspect", SIGNATURE];
