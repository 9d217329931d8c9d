import type { Input } from "./input.js";

/** Whether pods take mutual TLS, plaintext, or both. */
export const PeerTlsMode = {
  /** Plaintext only. Callers then show no identity, and other networks, which need mutual TLS, can't call. */
  Disable: "DISABLE",
  /** Mutual TLS and plaintext, as Istio does by default. */
  Permissive: "PERMISSIVE",
  /** Mutual TLS only: connections of callers without a sidecar are closed. */
  Strict: "STRICT",
} as const;
export type PeerTlsMode = (typeof PeerTlsMode)[keyof typeof PeerTlsMode];

/** What pods demand of the connections to their ports. Follows `AccessPolicy.config.authn` of Gloo Platform v2. */
export interface AuthenticationArgs {
  /** Whether pods take mutual TLS, plaintext, or both. */
  tlsMode: PeerTlsMode;
}

/** Service accounts of callers; all fields hold. Empty, every service account of the fleet. */
export interface ServiceAccountSelectorArgs {
  /** Name of the service account. Needs `namespace`. Default: every one. */
  name?: Input<string>;
  /** Namespace of the service account. Default: every one. */
  namespace?: Input<string>;
  /**
   * Name of the only cluster whose callers are meant. Default: every cluster of the fleet.
   *
   * Clusters are told apart by their trust domains, and Istio takes those that `trustDomainAliases` lists for one.
   */
  cluster?: string;
}

/** Tokens of callers, by issuer and subject. At least one field; with both, both hold. A `RequestAuthentication` of Istio must check the tokens; a JWTPolicy does so later, for routes. */
export interface RequestIdentityMatcherArgs {
  /** Accepted `ISSUER/SUBJECT`, any of them; `*` at the beginning or the end stands for any text. At least one. Default: any, or none. */
  requestPrincipals?: Input<string>[];
  /** Refused `ISSUER/SUBJECT`, with the same wildcards. At least one. Default: none. */
  notRequestPrincipals?: Input<string>[];
}

/** Callers by their identities. At least one field; with both, both hold. Follows `IdentitySelector` of Gloo Platform v2. */
export interface IdentitySelectorArgs {
  /** Service accounts of callers in the mesh, as mutual TLS shows them. Default: any, or none. */
  serviceAccountSelector?: ServiceAccountSelectorArgs;
  /** Tokens that requests carry. Only for HTTP. Default: any, or none. */
  requestIdentityMatcher?: RequestIdentityMatcherArgs;
}

/** Values of one header. At least one field; with both, both hold. */
export interface HeaderValuesArgs {
  /** Accepted values, any of them; `*` at the beginning or the end stands for any text. At least one. Default: any, or none. */
  values?: Input<string>[];
  /** Refused values, with the same wildcards; a missing header has none of them. At least one. Default: none. */
  notValues?: Input<string>[];
}

/** What requests must carry. */
export interface RequestConditionsArgs {
  /** Conditions on headers by their names, all of them; at least one. Only for HTTP. */
  headers: { [name: string]: HeaderValuesArgs };
}

/** Further conditions of an authorization. */
export interface AuthorizationMatchArgs {
  /** What requests must carry. */
  request: RequestConditionsArgs;
}

/** Requests that are let in: those that fit all fields. At least one of them. Follows `Authorization` of Gloo Platform v2. */
export interface AuthorizationArgs {
  /** Callers, any of them; at least one. Default: everyone, with or without an identity. */
  allowedClients?: IdentitySelectorArgs[];
  /** Paths without the query, any of them: whole, or with `*` at the beginning or the end for any text; at least one. gRPC's are `/PACKAGE.SERVICE/METHOD`. Only for HTTP. Default: every path. */
  allowedPaths?: Input<string>[];
  /** Methods, any of them, in capital letters; at least one. Only for HTTP. Default: every method. */
  allowedMethods?: Input<string>[];
  /**
   * Addresses of the other end of the connection, or ranges such as `198.51.100.0/24`, any of them; at least one. Default: every address.
   *
   * Requests from another network come from the address of this cluster's east-west gateway.
   */
  allowedIpBlocks?: Input<string>[];
  /** Addresses or ranges of the client that trusted proxies name in `X-Forwarded-For`; without `numTrustedProxies` of Istio's mesh, those of the other end. At least one. Default: every address. */
  allowedRemoteIpBlocks?: Input<string>[];
  /** Further conditions. Only for HTTP. Default: none. */
  match?: AuthorizationMatchArgs;
  /**
   * Refuse nothing because of this entry, and count only what would be refused. Only for HTTP. Default false.
   *
   * What these entries of a policy would refuse together is in Envoy's statistics and logs (`shadow_denied`).
   */
  dryRun?: boolean;
}

/**
 * Who may call, and with which requests. At least one field.
 *
 * On a VirtualDestination it acts at the pods, in every cluster, for whoever calls their ports, by whatever name; pods need sidecars. On a
 * VirtualGateway it acts at the gateway's ports, before any route. Other ports stay as they are. It can only refuse: AuthorizationPolicies
 * of other hands hold besides. Follows `AccessPolicy` of Gloo Platform v2.
 */
export interface AccessPolicyArgs {
  /** What pods demand of connections. Only on a VirtualDestination, and one for all that have the same pods. Default: what the mesh demands. */
  authn?: AuthenticationArgs;
  /** Requests that are let in: those that fit any entry; all others get a 403, TCP connections are closed. At least one. Default: everything is let in. */
  authzList?: AuthorizationArgs[];
}
