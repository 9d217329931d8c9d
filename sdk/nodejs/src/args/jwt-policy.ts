import type { Input } from "./input.js";
import type { PolicyDestinationArgs } from "./policy-destination.js";
import type { RouteSelectorArgs } from "./route-selector.js";

/** What becomes of requests without a token, or with one that is not valid. Named as in Gloo Platform v2. */
export const JWTValidationPolicy = {
  /** Every request needs a valid token, else it is answered 401. */
  RequireValid: "REQUIRE_VALID",
  /** Requests without a token pass; one that is not valid is answered 401. */
  AllowMissing: "ALLOW_MISSING",
  /** All requests pass; only what a valid token says becomes headers. */
  AllowMissingOrFailed: "ALLOW_MISSING_OR_FAILED",
} as const;
export type JWTValidationPolicy = (typeof JWTValidationPolicy)[keyof typeof JWTValidationPolicy];

/** A header that holds a token. */
export interface JWTHeaderSourceArgs {
  /** Name of the header. */
  name: Input<string>;
  /** Text in front of the token, in this case, such as `Bearer `; a header without it holds no token. Default: none. */
  prefix?: Input<string>;
}

/** Where requests have their tokens; all that a request has must be valid. At least one of both. */
export interface JWTTokenSourceArgs {
  /** Headers, any of them. Default: none. */
  headers?: JWTHeaderSourceArgs[];
  /** Names of query parameters, any of them. Need `keepToken`, because Envoy unescapes the other parameters when it takes one away. Default: none. */
  queryParams?: Input<string>[];
}

/** Keys that are part of the configuration. */
export interface LocalJWKSArgs {
  /**
   * JSON Web Key Set (RFC 7517) with the public keys of the issuer, as text: kinds `RSA`, `EC` (P-256, P-384, P-521), `OKP` (Ed25519) and `oct`. Private keys are
   * refused, and so are `RSA` keys of less than 2048 bits and `oct` keys shorter than the hash (32 bytes for `HS256`). Keys whose `use` is not `sig`, or whose
   * `key_ops` lack `verify`, are left out. `oct` keys are secrets: give them as a secret Output.
   */
  inline: Input<string>;
}

/** Keys that each proxy asks a server for: a JSON Web Key Set (RFC 7517), as the body of an answer with status 200. */
export interface RemoteJWKSArgs {
  /**
   * What the server is asked for, with `http` or `https`, at most a port, a path and a query. Its host and port become the Host header, and nothing
   * else: where the request goes, and whether over TLS, is the destination's affair.
   */
  url: Input<string>;
  /** The server. One outside the fleet should have TLS, because who can change the keys on the way can make tokens (warning MW0453). */
  destinationRef: PolicyDestinationArgs;
  /** Time for which keys are used before they are asked for again, `1s` to `8760h`, in whole seconds: so late a new key of the issuer is known, and that one is withdrawn. Default `5m`. */
  cacheDuration?: Input<string>;
  /** Time within which the server must answer: `1ms` to `4294967295s`, in whole milliseconds. It may fail twice in this time. Default `5s`. */
  timeout?: Input<string>;
  /**
   * Ask for keys before a request needs them: when the proxy's configuration changes, whose listeners wait for the answer, and then five seconds
   * before `cacheDuration` is over, or each second while the server fails, and meanwhile use those that there are. Default false: the first request in each
   * of Envoy's threads waits for keys, and so does the next one after `cacheDuration`; keys that are older are not used, even while the server fails.
   */
  enableAsyncFetch?: Input<boolean>;
}

/** A claim that requests carry on in a header. */
export interface ClaimToHeaderArgs {
  /** Name of the claim; dots lead into objects, as in `address.country`. Texts, numbers and yes-or-no values arrive as text, others as JSON in base64. */
  claim: Input<string>;
  /** Name of the header. What clients send in it is taken away, with a token or without. */
  header: Input<string>;
}

/** Who issues tokens, and how they are verified. Exactly one of `local` and `remote`. */
export interface JWTProviderArgs {
  /** The `iss` that tokens must have. Default: any. */
  issuer?: Input<string>;
  /** The `aud` of which tokens must have one, else 403; compared without `http://`, `https://` and a slash at the end. Default: any. */
  audiences?: Input<string>[];
  /** Where requests have their tokens. Default: the header `Authorization` behind `Bearer `. */
  tokenSource?: JWTTokenSourceArgs;
  /** The keys that tokens are signed with, as text. */
  local?: LocalJWKSArgs;
  /**
   * The keys that tokens are signed with, at a server. While a proxy has none, because the server fails or is too slow, requests with a token are
   * answered 401 (`Jwks remote fetch is failed`), or pass where `validationPolicy` lets any token pass.
   */
  remote?: RemoteJWKSArgs;
  /** Claims that requests carry on in headers. Default: none. */
  claimsToHeaders?: ClaimToHeaderArgs[];
  /** Leave the token in the request. Default false: its header is taken away once it is verified. */
  keepToken?: Input<boolean>;
  /** Seconds by which the clocks of issuer and gateway may differ, 1 to 4294967295. Default 60. */
  clockSkewSeconds?: Input<number>;
  /** Header in which the request carries on the payload of the token, in base64url. Default: none. */
  outputPayloadToHeader?: Input<string>;
}

/**
 * A claim that tokens need. A claim has a value if it is that text, number or yes-or-no value, or a list that holds it. At least one of `values` and
 * `notValues`.
 */
export interface JWTClaimArgs {
  /** Name of the claim. `scope` is a list of what its blanks separate. */
  key: Input<string>;
  /** Values of which the claim has one. Default: any, or none at all. */
  values?: Input<string>[];
  /** Values of which the claim has none; a token without the claim has none. Default: none. */
  notValues?: Input<string>[];
  /** What separates the names in `key` that lead into objects, such as `.`. Default: nothing, `key` is one name. */
  nestedClaimDelimiter?: Input<string>;
}

/**
 * Which tokens (JSON Web Tokens, RFC 7519) the requests of some routes need: answered 401 without a valid one, and 403 where it lacks a claim or a scope.
 *
 * Tokens are verified in front of rate limits and behind a CORSPolicy, which answers the questions of browsers, that have no token. Follows `JWTPolicy` of
 * Gloo Platform v2, which takes tokens from the query parameter `access_token` without being asked.
 */
export interface JWTPolicyArgs {
  /** Routes that the policy is for, any of the entries. Default: all routes of whatever lists it. */
  applyToRoutes?: RouteSelectorArgs[];
  /** By name, those whose tokens are valid, tried in the order of the names; at least one. */
  providers: { [name: string]: JWTProviderArgs };
  /** What all tokens need to say, each of the entries; with `REQUIRE_VALID` only. Default: nothing. */
  claims?: JWTClaimArgs[];
  /** Scopes that all tokens need to have in their claim `scope`, each of them; with `REQUIRE_VALID` only. Default: none. */
  requiredScopes?: Input<string>[];
  /** What becomes of requests without a valid token. Default `REQUIRE_VALID`. */
  validationPolicy?: Input<JWTValidationPolicy>;
}
