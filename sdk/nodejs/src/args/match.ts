import type { Input } from "./input.js";

/** Compares the path of a request, without its query. Exactly one of `exact`, `prefix` and `regex`. */
export interface UriMatchArgs {
  /** The whole path. */
  exact?: Input<string>;
  /** Beginning of the path, compared as text: `/pre` also matches `/prefix`. */
  prefix?: Input<string>;
  /** RE2 expression that the whole path must match; at most 1024 characters. */
  regex?: Input<string>;
  /** Ignore upper and lower case. Not for `regex` (write `(?i)` there). Default false. */
  ignoreCase?: Input<boolean>;
}

/** Compares one header of a request. */
export interface HeaderMatcherArgs {
  /** Name of the header, in any case. */
  name: Input<string>;
  /** Value that the header must have. Default: any, the header must only be present. */
  value?: Input<string>;
  /** Take `value` as an RE2 expression that the whole value must match. Default false. */
  regex?: boolean;
  /** Match when the condition does not hold; a missing header counts as not matching. Default false. */
  invertMatch?: boolean;
}

/** Compares one parameter of the query. */
export interface QueryParameterMatcherArgs {
  /** Name of the parameter; case matters. */
  name: Input<string>;
  /** Value that the parameter must have. Default: any, the parameter must only be present. */
  value?: Input<string>;
  /** Take `value` as an RE2 expression that the whole value must match. Default false. */
  regex?: boolean;
}

/**
 * Compares a claim of a verified token. The claim has a value if it is that text, or a list that holds it; numbers and
 * yes-or-no values have none.
 */
export interface ClaimMatcherArgs {
  /** Name of the claim. `scope` is a list of what its blanks separate. Brackets are rejected. */
  key: Input<string>;
  /** Values of which the claim must have one. */
  values: Input<string>[];
  /** Text that separates the names in `key` that lead into objects, such as `.`. Default: none, `key` is one name. */
  nestedClaimDelimiter?: Input<string>;
}

/** Conditions on a request; all of them must hold. Follows `HTTPRequestMatcher` of Gloo Platform v2. */
export interface HttpMatcherArgs {
  /** Condition on the path. Default: any path. */
  uri?: UriMatchArgs;
  /** Conditions on headers. Default: none. */
  headers?: HeaderMatcherArgs[];
  /** Conditions on the query. Default: none. */
  queryParameters?: QueryParameterMatcherArgs[];
  /**
   * Conditions on claims of the token that the route's JWTPolicy verified, for tables on gateways. Requests meet a
   * later route first: each that takes them must have the same policies, and one must take all of them (MW0273,
   * MW0274). Default: none.
   */
  claims?: ClaimMatcherArgs[];
  /** HTTP method, in capital letters. Default: any method. */
  method?: Input<string>;
  /** Port of the gateway listener at which the request arrives. Default: every listener. */
  port?: Input<number>;
}
