import type { Input } from "./input.js";

/** TLS modes that pods accept from callers. */
export const PeerTlsMode = {
  /** Plaintext only. Callers then present no identity, and other networks, which require mutual TLS, can't call. */
  Disable: "DISABLE",
  /** Mutual TLS and plaintext, Istio's default. */
  Permissive: "PERMISSIVE",
  /** Mutual TLS only: connections from callers without a sidecar are closed. */
  Strict: "STRICT",
} as const;
export type PeerTlsMode = (typeof PeerTlsMode)[keyof typeof PeerTlsMode];

/**
 * Authentication that pods require of connections to their ports. Follows `AccessPolicy.config.authn` of Gloo Platform
 * v2.
 */
export interface AuthenticationArgs {
  /** Mutual TLS, plaintext, or both. */
  tlsMode: PeerTlsMode;
}

/** Selects callers by service account; all fields must match. If empty, selects every service account of the fleet. */
export interface ServiceAccountSelectorArgs {
  /** Name of the service account. Requires `namespace`. Default: any. */
  name?: Input<string>;
  /** Namespace of the service account. Default: any. */
  namespace?: Input<string>;
  /**
   * Name of the one cluster whose callers match. Default: every cluster of the fleet.
   *
   * Clusters are distinguished by their trust domains; Istio treats the domains in `trustDomainAliases` as one.
   */
  cluster?: string;
}

/**
 * Selects callers by the issuer and subject of their JWTs. At least one field; if both are set, both must match. An
 * Istio `RequestAuthentication` must validate the JWTs; a JWTPolicy validates them later, for routes.
 */
export interface RequestIdentityMatcherArgs {
  /**
   * Accepted `ISSUER/SUBJECT` values, any of them; `*` at the start or the end matches any text. At least one. Default:
   * any, including none.
   */
  requestPrincipals?: Input<string>[];
  /** Rejected `ISSUER/SUBJECT` values, with the same wildcards. At least one. Default: none. */
  notRequestPrincipals?: Input<string>[];
}

/**
 * Selects callers by identity. At least one field; if both are set, both must match. Follows `IdentitySelector` of Gloo
 * Platform v2.
 */
export interface IdentitySelectorArgs {
  /** Service accounts of callers in the mesh, as verified by mutual TLS. Default: any, including none. */
  serviceAccountSelector?: ServiceAccountSelectorArgs;
  /** JWTs that requests carry. HTTP only. Default: any, including none. */
  requestIdentityMatcher?: RequestIdentityMatcherArgs;
}

/** Condition on the values of one header. At least one field; if both are set, both must hold. */
export interface HeaderValuesArgs {
  /**
   * Accepted values, any of them; `*` at the start or the end matches any text. At least one. Default: any, including
   * none.
   */
  values?: Input<string>[];
  /** Rejected values, with the same wildcards; a missing header has none of them. At least one. Default: none. */
  notValues?: Input<string>[];
}

/** Conditions on requests. */
export interface RequestConditionsArgs {
  /** Conditions on headers, by header name, all of which must hold; at least one. HTTP only. */
  headers: { [name: string]: HeaderValuesArgs };
}

/** Additional conditions of an authorization. */
export interface AuthorizationMatchArgs {
  /** Conditions on requests. */
  request: RequestConditionsArgs;
}

/** Allows requests that match all fields. At least one field. Follows `Authorization` of Gloo Platform v2. */
export interface AuthorizationArgs {
  /** Allowed callers, any of them; at least one. Default: everyone, with or without an identity. */
  allowedClients?: IdentitySelectorArgs[];
  /**
   * Allowed paths without the query, any of them: exact, or with `*` at the start or the end for any text; at least
   * one. gRPC paths are `/PACKAGE.SERVICE/METHOD`. HTTP only. Default: every path.
   */
  allowedPaths?: Input<string>[];
  /** Allowed methods, any of them, in upper case; at least one. HTTP only. Default: every method. */
  allowedMethods?: Input<string>[];
  /**
   * Allowed peer addresses of the connection, or ranges such as `198.51.100.0/24`, any of them; at least one. Default:
   * every address.
   *
   * Requests from another network come from the address of this cluster's east-west gateway.
   */
  allowedIpBlocks?: Input<string>[];
  /**
   * Allowed client addresses or ranges, as reported by trusted proxies in `X-Forwarded-For`; if the mesh config doesn't
   * set `numTrustedProxies`, the peer addresses. At least one. Default: every address.
   */
  allowedRemoteIpBlocks?: Input<string>[];
  /** Additional conditions. HTTP only. Default: none. */
  match?: AuthorizationMatchArgs;
  /**
   * Reject nothing because of this entry; only count what would be rejected. HTTP only. Default false.
   *
   * Requests that the dry-run entries of a policy would together reject appear in Envoy's statistics and logs
   * (`shadow_denied`).
   */
  dryRun?: boolean;
}

/**
 * Restricts who may call, and with which requests. At least one field.
 *
 * On a VirtualDestination, it is enforced at the pods, in every cluster, for everyone who calls their ports, by any
 * name; pods need sidecars. On a VirtualGateway, it is enforced at the gateway's ports, before routing. Other ports are
 * unaffected. It can only deny: AuthorizationPolicies from other sources still apply. Follows `AccessPolicy` of Gloo
 * Platform v2.
 */
export interface AccessPolicyArgs {
  /**
   * Authentication that pods require of connections. Only on a VirtualDestination, and the same on all with the same
   * pods. Default: the mesh's requirement.
   */
  authn?: AuthenticationArgs;
  /**
   * Allowed requests: those that match any entry. All others get a 403, and TCP connections are closed. At least one.
   * Default: everything is allowed.
   */
  authzList?: AuthorizationArgs[];
}
