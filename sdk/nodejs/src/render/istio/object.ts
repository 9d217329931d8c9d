import type { ObjectKind } from "../../args/fleet.js";
import { dnsName } from "../../kube/names.js";
import { type Json, type KubeObject, type Maker, makerLabels } from "../../kube/object.js";
import type { Locality } from "../../model/fleet.js";

/** Istio kinds that are rendered, and their API. */
const API_VERSIONS = {
  AuthorizationPolicy: "security.istio.io/v1",
  DestinationRule: "networking.istio.io/v1",
  // Istio has no later version of EnvoyFilter
  EnvoyFilter: "networking.istio.io/v1alpha3",
  Gateway: "networking.istio.io/v1",
  PeerAuthentication: "security.istio.io/v1",
  ServiceEntry: "networking.istio.io/v1",
  Sidecar: "networking.istio.io/v1",
  VirtualService: "networking.istio.io/v1",
} as const satisfies Record<Exclude<ObjectKind, AdmissionKind>, string>;

/** Native Kubernetes kinds, which guards consist of. */
type AdmissionKind = "ValidatingAdmissionPolicy" | "ValidatingAdmissionPolicyBinding";
export type IstioKind = keyof typeof API_VERSIONS;

/**
 * Codes of `istioctl analyze` that are false positives for some rendered objects.
 *
 * `IST0101`, no such subset: it looks for the rule of a non-Service host only in the VirtualService's namespace, istiod
 * also in the host's.
 * `IST0129`, no verification: it looks for `caCertificates`, but not for the `credentialName` that gateways take them
 * from.
 * `IST0133`, a schema warning: it advises against every EnvoyFilter; Meshway writes one only where Istio has no field.
 * `IST0149`, a claim without RequestAuthentication: the table's own filter verifies tokens.
 * `IST0173`, a subset without pods: it looks at the pods of one cluster and their own labels, istiod at endpoints of
 * all clusters, with labels that it adds.
 */
export type SuppressedFinding = "IST0101" | "IST0129" | "IST0133" | "IST0149" | "IST0173";

/** Returns an Istio object, named by its owner and the parts that distinguish it from the owner's others. */
export function istioObject(
  kind: IstioKind,
  maker: Maker,
  place: {
    readonly namespace: string;
    readonly part?: readonly string[];
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    /** False positives of `istioctl analyze` about this object. */
    readonly suppressed?: readonly SuppressedFinding[];
  },
  spec: { readonly [key: string]: Json | undefined },
): KubeObject {
  const annotations = {
    ...place.annotations,
    ...(place.suppressed?.length && {
      "galley.istio.io/analyze-suppress": [...new Set(place.suppressed)].sort().join(","),
    }),
  };
  return {
    apiVersion: API_VERSIONS[kind],
    kind,
    metadata: {
      name: dnsName(maker.name, ...(place.part ?? [])),
      namespace: place.namespace,
      labels: { ...makerLabels(maker), ...place.labels },
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    spec,
  };
}

/** Formats a locality as Istio does: region, zone and sub-zone separated by slashes. */
export function localityText(locality: Locality): string {
  return [locality.region, locality.zone, locality.subZone].filter((part) => part !== undefined).join("/");
}

/** Returns a list, or undefined if it is empty. */
export function unlessEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}
