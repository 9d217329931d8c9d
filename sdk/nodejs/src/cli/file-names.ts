import { createHash } from "node:crypto";
import type { KubeObject } from "../kube/object.js";

/** Returns the objects of one cluster by file name; objects that would share a name get a hash. */
export function filesOf(objects: readonly KubeObject[]): ReadonlyMap<string, KubeObject> {
  const named = new Map<string, KubeObject[]>();
  for (const object of objects) {
    const same = named.get(fileName(object));
    if (same === undefined) named.set(fileName(object), [object]);
    else same.push(object);
  }
  const files = [...named].flatMap(([name, same]): [string, KubeObject][] =>
    same.map((object) => [`${name}${same.length > 1 ? `-${hashOf(object)}` : ""}.yaml`, object]),
  );
  return new Map(files.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Returns an object's base name, such as `virtual-service-gateways-shop` for a VirtualService. */
function fileName({ kind, metadata }: KubeObject): string {
  const kebab = kind.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, "-").toLowerCase();
  return [kebab, metadata.namespace, metadata.name].filter((part) => part !== undefined).join("-");
}

function hashOf({ apiVersion, kind, metadata }: KubeObject): string {
  const identity = JSON.stringify([apiVersion, kind, metadata.namespace, metadata.name]);
  return createHash("sha256").update(identity).digest("hex").slice(0, 8);
}
