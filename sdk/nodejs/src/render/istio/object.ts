import { dnsName } from "../../kube/names.js";
import { type Json, type KubeObject, type Maker, makerLabels } from "../../kube/object.js";
import type { Locality } from "../../model/fleet.js";

/** Kinds of Istio's networking API that are rendered. */
export type IstioKind = "DestinationRule" | "Gateway" | "ServiceEntry" | "VirtualService";

/** Makes an object of `networking.istio.io/v1`, named by its maker and what tells it apart from the maker's others. */
export function istioObject(
  kind: IstioKind,
  maker: Maker,
  place: {
    readonly namespace: string;
    readonly part?: readonly string[];
    readonly labels?: Readonly<Record<string, string>>;
  },
  spec: { readonly [key: string]: Json | undefined },
): KubeObject {
  return {
    apiVersion: "networking.istio.io/v1",
    kind,
    metadata: {
      name: dnsName(maker.name, ...(place.part ?? [])),
      namespace: place.namespace,
      labels: { ...makerLabels(maker), ...place.labels },
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
