/** The collection of each kind of Istio object that Meshway renders, as API servers name it. */
export const PLURALS: Readonly<Record<string, string>> = {
  AuthorizationPolicy: "authorizationpolicies",
  DestinationRule: "destinationrules",
  EnvoyFilter: "envoyfilters",
  Gateway: "gateways",
  PeerAuthentication: "peerauthentications",
  ServiceEntry: "serviceentries",
  Sidecar: "sidecars",
  VirtualService: "virtualservices",
};
