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

/** A Kubernetes object of one cluster. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    /** Absent for kinds of the whole cluster. */
    readonly namespace?: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: { readonly [key: string]: Json | undefined };
}

/** As much of an object as it takes to find it. */
export type NamedObject = Pick<KubeObject, "apiVersion" | "kind"> & {
  readonly metadata: Pick<KubeObject["metadata"], "name" | "namespace">;
};

/** A rendered object with what its users need besides its text. */
export interface RenderedObject {
  readonly maker: Maker;
  readonly cluster: string;
  readonly object: KubeObject;
  /** When it is applied: after the maker's objects of smaller steps, in whichever cluster they are. */
  readonly step: number;
  /** Set while the whole shape of `spec` waits for leaves that are not known. */
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

/** The namespace and name of an object as people write them; of one without a namespace its name. */
export function objectName({ metadata }: NamedObject): string {
  return metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
}

/** A key that no two objects of one cluster share. */
export function objectKey(object: KubeObject): string {
  return `${object.apiVersion}/${object.kind}/${objectName(object)}`;
}
