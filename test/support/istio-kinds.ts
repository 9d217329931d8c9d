/** The API server's collection name (plural) of each kind of object that Meshway renders. */
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
