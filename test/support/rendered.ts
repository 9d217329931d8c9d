import type { KubeObject, RenderedObject } from "../../sdk/nodejs/src/kube/object.js";

/** The parts of Istio's objects that tests read. */
export interface Spec {
  readonly hosts?: readonly string[];
  readonly host?: string;
  readonly exportTo?: readonly string[];
  readonly gateways?: readonly string[];
  readonly subsets?: readonly { readonly name: string }[];
  readonly http?: readonly HttpRoute[];
  readonly tls?: readonly HttpRoute[];
  readonly tcp?: readonly HttpRoute[];
}

/** One entry of a VirtualService's `http`, `tls` or `tcp`. */
export interface HttpRoute {
  readonly name?: string;
  readonly route?: readonly {
    readonly destination: {
      readonly host: string;
      readonly subset?: string;
      readonly port: { readonly number: number };
    };
    readonly weight?: number;
  }[];
  readonly mirrors?: HttpRoute["route"];
}

/** The spec of an object. */
export function specOf(object: KubeObject): Spec {
  return object.spec as Spec;
}

/** Returns the identity of a rendered object: cluster, kind, namespace and name. */
export function placeOf({ cluster, object }: RenderedObject): string {
  return `${cluster} ${object.kind} ${object.metadata.namespace}/${object.metadata.name}`;
}

/** Returns the objects of a kind in a cluster. */
export function objectsOf(kind: string, cluster: string, objects: readonly RenderedObject[]): readonly KubeObject[] {
  return objects.filter((each) => each.cluster === cluster && each.object.kind === kind).map(({ object }) => object);
}

/** Returns true if the object's `exportTo` makes it visible in the namespace. */
export function isVisible(object: KubeObject, namespace: string): boolean {
  const { exportTo = ["*"] } = specOf(object);
  return (
    exportTo.includes("*") ||
    exportTo.includes(namespace) ||
    (exportTo.includes(".") && object.metadata.namespace === namespace)
  );
}
