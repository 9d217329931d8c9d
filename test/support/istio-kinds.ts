/** The collection of each kind of object that Meshway renders, as API servers name it. */
export const PLURALS: Readonly<Record<string, string>> = {
  AuthorizationPolicy: "authorizationpolicies",
  DestinationRule: "destinationrules",
  EnvoyFilter: "envoyfilters",
  Gateway: "gateways",
  PeerAuthentication: "peerauthentications",
  RequestAuthentication: "requestauthentications",
  ServiceEntry: "serviceentries",
  Sidecar: "sidecars",
  ValidatingAdmissionPolicy: "validatingadmissionpolicies",
  ValidatingAdmissionPolicyBinding: "validatingadmissionpolicybindings",
  VirtualService: "virtualservices",
};
