import type { SubjectKind } from "../diagnostics/diagnostic.js";
import type { Deferred } from "../model/deferred.js";
import { labelValue } from "./names.js";

/** A plain JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** The resource that an object is rendered for. */
export interface Maker {
  readonly kind: SubjectKind;
  readonly name: string;
}

/** A Kubernetes object in one cluster. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    /** Absent for cluster-scoped kinds. */
    readonly namespace?: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: { readonly [key: string]: Json | undefined };
}

/** The parts of an object that identify it. */
export type NamedObject = Pick<KubeObject, "apiVersion" | "kind"> & {
  readonly metadata: Pick<KubeObject["metadata"], "name" | "namespace">;
};

/** A rendered object with its context. */
export interface RenderedObject {
  readonly maker: Maker;
  readonly cluster: string;
  readonly object: KubeObject;
  /** Position in the apply order: after the maker's objects with lower steps, in any cluster. */
  readonly step: number;
  /** Set while the whole shape of `spec` depends on unknown leaves. */
  readonly shapedBy?: Deferred;
}

/** Labels that lead from an object back to the resource that made it. */
export function makerLabels(maker: Maker): Record<string, string> {
  return {
    "app.kubernetes.io/managed-by": "meshway",
    "meshway.io/kind": maker.kind,
    "meshway.io/name": labelValue(maker.name),
  };
}

/** Returns `namespace/name` of an object, or only its name if it has no namespace. */
export function objectName({ metadata }: NamedObject): string {
  return metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
}

/** Returns a key that is unique among the objects of one cluster. */
export function objectKey(object: KubeObject): string {
  return `${object.apiVersion}/${object.kind}/${objectName(object)}`;
}
