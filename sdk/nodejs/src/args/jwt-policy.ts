import type { Input } from "./input.js";
import type { PolicyDestinationArgs } from "./policy-destination.js";
import type { RouteSelectorArgs } from "./route-selector.js";

/** Handling of requests without a valid JWT. Named as in Gloo Platform v2. */
export const JWTValidationPolicy = {
  /** Every request needs a valid JWT, otherwise it gets a 401. */
  RequireValid: "REQUIRE_VALID",
  /** Requests without a JWT pass; an invalid one gets a 401. */
  AllowMissing: "ALLOW_MISSING",
  /** All requests pass; only the claims of a valid JWT are copied to headers. */
  AllowMissingOrFailed: "ALLOW_MISSING_OR_FAILED",
} as const;
export type JWTValidationPolicy = (typeof JWTValidationPolicy)[keyof typeof JWTValidationPolicy];

/** A header that carries a JWT. */
export interface JWTHeaderSourceArgs {
  /** Name of the header. */
  name: Input<string>;
  /** Text before the JWT, case-sensitive, such as `Bearer `; a header without it carries no JWT. Default: none. */
  prefix?: Input<string>;
}

/** Locations of JWTs in requests; every JWT that a request carries must be valid. At least one field. */
export interface JWTTokenSourceArgs {
  /** Headers, any of them. Default: none. */
  headers?: JWTHeaderSourceArgs[];
  /**
   * Names of query parameters, any of them. Require `keepToken`, because Envoy unescapes the other parameters when it
   * removes one. Default: none.
   */
  queryParams?: Input<string>[];
}

/** Keys that are part of the configuration. */
export interface LocalJWKSArgs {
  /**
   * JSON Web Key Set (RFC 7517) with the public keys of the issuer, as text: key types `RSA`, `EC` (P-256, P-384,
   * P-521), `OKP` (Ed25519) and `oct`. Private keys are rejected, and so are `RSA` keys of less than 2048 bits and
   * `oct` keys shorter than the hash (32 bytes for `HS256`). Keys whose `use` is not `sig`, or whose `key_ops` lack
   * `verify`, are ignored. `oct` keys are secrets: pass them as a secret Output.
   */
  inline: Input<string>;
}

/**
 * Keys that each proxy fetches from a server: a JSON Web Key Set (RFC 7517), as the body of a response with status code
 * 200.
 */
export interface RemoteJWKSArgs {
  /**
   * URL to fetch, with `http` or `https`, and at most a port, a path and a query. Its host and port only set the Host
   * header: the destination decides where the request goes, and whether it uses TLS.
   */
  url: Input<string>;
  /**
   * Destination of the server. One outside the fleet should use TLS, because whoever can change the keys in transit can
   * forge JWTs (warning MW0453).
   */
  destinationRef: PolicyDestinationArgs;
  /**
   * Time for which keys are cached, `1s` to `8760h`, in whole seconds; it can take that long until a proxy notices that
   * the issuer has added or withdrawn a key. Default `5m`.
   */
  cacheDuration?: Input<string>;
  /**
   * Timeout for the server's response, with up to two retries within it: `1ms` to `4294967295s`, in whole milliseconds.
   * Default `5s`.
   */
  timeout?: Input<string>;
  /**
   * Fetch keys before a request needs them: when the proxy's configuration changes, whose listeners wait for the
   * response, and then five seconds before `cacheDuration` ends, or every second while the server fails, using the
   * cached keys in the meantime. Default false: the first request in each of Envoy's threads waits for keys, and so
   * does the next one after `cacheDuration`; expired keys are not used, even while the server fails.
   */
  enableAsyncFetch?: Input<boolean>;
}

/** Copies a claim to a request header. */
export interface ClaimToHeaderArgs {
  /**
   * Name of the claim; dots lead into objects, as in `address.country`. Strings, numbers and booleans are sent as text,
   * other values as base64-encoded JSON.
   */
  claim: Input<string>;
  /** Name of the header. Its value from the client is removed, with or without a JWT. */
  header: Input<string>;
}

/** Issuer of JWTs, and how to verify them. Exactly one of `local` and `remote`. */
export interface JWTProviderArgs {
  /** Required `iss` of JWTs. Default: any. */
  issuer?: Input<string>;
  /**
   * Accepted `aud` values, one of which JWTs must have, otherwise 403; compared without `http://`, `https://` and a
   * trailing slash. Default: any.
   */
  audiences?: Input<string>[];
  /** Locations of JWTs in requests. Default: the header `Authorization`, after `Bearer `. */
  tokenSource?: JWTTokenSourceArgs;
  /** Keys that verify JWTs, as text. */
  local?: LocalJWKSArgs;
  /**
   * Keys that verify JWTs, from a server. While a proxy has none, because the server fails or is too slow, requests
   * with a JWT get a 401 (`Jwks remote fetch is failed`), or pass if `validationPolicy` lets invalid JWTs pass.
   */
  remote?: RemoteJWKSArgs;
  /** Claims to copy to request headers. Default: none. */
  claimsToHeaders?: ClaimToHeaderArgs[];
  /** Keep the JWT in the request. Default false: its header is removed once it is verified. */
  keepToken?: Input<boolean>;
  /** Allowed clock skew between issuer and gateway in seconds, 1 to 4294967295. Default 60. */
  clockSkewSeconds?: Input<number>;
  /** Request header to set to the JWT's payload, base64url-encoded. Default: none. */
  outputPayloadToHeader?: Input<string>;
}

/**
 * Condition on a claim of JWTs. A claim has a value if it is that string, number or boolean, or a list that contains
 * it. At least one of `values` and `notValues`.
 */
export interface JWTClaimArgs {
  /** Name of the claim. `scope` is treated as a space-separated list. */
  key: Input<string>;
  /** Accepted values, one of which the claim must have. Default: any, or no claim at all. */
  values?: Input<string>[];
  /** Rejected values; a JWT without the claim has none of them. Default: none. */
  notValues?: Input<string>[];
  /** Separator between the names in `key` that lead into objects, such as `.`. Default: none, `key` is one name. */
  nestedClaimDelimiter?: Input<string>;
}

/**
 * Requires JWTs (JSON Web Tokens, RFC 7519) for requests of some routes: requests without a valid one get a 401, and
 * those whose JWT lacks a claim or a scope get a 403.
 *
 * JWTs are verified before rate limits and after a CORSPolicy, because preflight requests carry no JWT. Follows
 * `JWTPolicy` of Gloo Platform v2, which also reads JWTs from the query parameter `access_token` by default.
 */
export interface JWTPolicyArgs {
  /**
   * Routes that the policy applies to, selected by any of the entries. Default: all routes of the resource that lists
   * it.
   */
  applyToRoutes?: RouteSelectorArgs[];
  /** Issuers whose JWTs are valid, by name, tried in the order of their names; at least one. */
  providers: { [name: string]: JWTProviderArgs };
  /** Conditions on the claims of all JWTs, all of which must hold; only with `REQUIRE_VALID`. Default: none. */
  claims?: JWTClaimArgs[];
  /** Scopes that all JWTs must have in their claim `scope`, all of them; only with `REQUIRE_VALID`. Default: none. */
  requiredScopes?: Input<string>[];
  /** Handling of requests without a valid JWT. Default `REQUIRE_VALID`. */
  validationPolicy?: Input<JWTValidationPolicy>;
}
