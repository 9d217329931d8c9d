/** Kinds of Istio's that are rendered, and their API. */
export const API_VERSIONS = {
  AuthorizationPolicy: "security.istio.io/v1",
  DestinationRule: "networking.istio.io/v1",
  // Istio has no later version of filters
  EnvoyFilter: "networking.istio.io/v1alpha3",
  Gateway: "networking.istio.io/v1",
  PeerAuthentication: "security.istio.io/v1",
  ServiceEntry: "networking.istio.io/v1",
  Sidecar: "networking.istio.io/v1",
  VirtualService: "networking.istio.io/v1",
} as const;
export type IstioKind = keyof typeof API_VERSIONS;

/** The kinds that are rendered, by name. */
export const ISTIO_KINDS = Object.keys(API_VERSIONS) as readonly IstioKind[];

/** The name of a kind's collection in the paths of an API server: small letters, in the plural. */
export function pluralOf(kind: string): string {
  const name = kind.toLowerCase();
  return /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`;
}
