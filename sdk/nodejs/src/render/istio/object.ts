import type { ObjectKind } from "../../args/fleet.js";
import { dnsName } from "../../kube/names.js";
import { type Json, type KubeObject, type Maker, makerLabels } from "../../kube/object.js";
import type { Locality } from "../../model/fleet.js";

/** Kinds of Istio's that are rendered, and their API. */
const API_VERSIONS = {
  AuthorizationPolicy: "security.istio.io/v1",
  DestinationRule: "networking.istio.io/v1",
  // Istio has no later version of filters
  EnvoyFilter: "networking.istio.io/v1alpha3",
  Gateway: "networking.istio.io/v1",
  PeerAuthentication: "security.istio.io/v1",
  ServiceEntry: "networking.istio.io/v1",
  Sidecar: "networking.istio.io/v1",
  VirtualService: "networking.istio.io/v1",
} as const satisfies Record<Exclude<ObjectKind, AdmissionKind>, string>;

/** Kinds of Kubernetes itself, which guards are made of. */
type AdmissionKind = "ValidatingAdmissionPolicy" | "ValidatingAdmissionPolicyBinding";
export type IstioKind = keyof typeof API_VERSIONS;

/**
 * Codes of `istioctl analyze` whose finding is a mistake about some of the objects that are rendered.
 *
 * `IST0101`, no such subset: it looks for the rule of a host that is no Service only next to the VirtualService, istiod also next to the host.
 * `IST0129`, no verification: it looks for `caCertificates`, and not for the `credentialName` that gateways take them from.
 * `IST0133`, a warning of the schema: it advises against every EnvoyFilter; these are there only where Istio has no field.
 * `IST0173`, a subset without pods: it looks at the pods of one cluster and at their own labels, istiod at endpoints of all clusters, with labels that it adds.
 */
export type SuppressedFinding = "IST0101" | "IST0129" | "IST0133" | "IST0173";

/** Makes an object of Istio's, named by its maker and what tells it apart from the maker's others. */
export function istioObject(
  kind: IstioKind,
  maker: Maker,
  place: {
    readonly namespace: string;
    readonly part?: readonly string[];
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    /** Findings of `istioctl analyze` that would be mistaken about this object. */
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

/** Writes a locality as Istio does: region, zone and sub-zone with slashes between them. */
export function localityText(locality: Locality): string {
  return [locality.region, locality.zone, locality.subZone].filter((part) => part !== undefined).join("/");
}

/** A list, or undefined where it is empty. */
export function unlessEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}
