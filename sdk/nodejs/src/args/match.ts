import type { Input } from "./input.js";

/** Matches the path of a request, without its query. Exactly one of `exact`, `prefix` and `regex`. */
export interface UriMatchArgs {
  /** Full path. */
  exact?: Input<string>;
  /** Prefix of the path, compared as text: `/pre` also matches `/prefix`. */
  prefix?: Input<string>;
  /** RE2 expression that must match the whole path; at most 1024 characters. */
  regex?: Input<string>;
  /** Ignore case. Not for `regex` (use `(?i)` there). Default false. */
  ignoreCase?: Input<boolean>;
}

/** Matches one header of a request. */
export interface HeaderMatcherArgs {
  /** Name of the header, case-insensitive. */
  name: Input<string>;
  /** Value that the header must have. Default: any, the header only needs to be present. */
  value?: Input<string>;
  /** Treat `value` as an RE2 expression that must match the whole value. Default false. */
  regex?: boolean;
  /** Match if the condition doesn't hold; it doesn't hold for a missing header. Default false. */
  invertMatch?: boolean;
}

/** Matches one query parameter. */
export interface QueryParameterMatcherArgs {
  /** Name of the parameter, case-sensitive. */
  name: Input<string>;
  /** Value that the parameter must have. Default: any, the parameter only needs to be present. */
  value?: Input<string>;
  /** Treat `value` as an RE2 expression that must match the whole value. Default false. */
  regex?: boolean;
}

/**
 * Compares a claim of a verified token. The claim has a value if it is that text, or a list that contains it; numbers
 * and booleans never match.
 */
export interface ClaimMatcherArgs {
  /** Name of the claim. `scope` is split at blanks into a list. Brackets are rejected. */
  key: Input<string>;
  /** Values, one of which the claim must have. */
  values: Input<string>[];
  /** Separator of the names in `key` that lead into objects, such as `.`. Default: none, `key` is one name. */
  nestedClaimDelimiter?: Input<string>;
}

/** Conditions on a request, all of which must hold. Follows `HTTPRequestMatcher` of Gloo Platform v2. */
export interface HttpMatcherArgs {
  /** Condition on the path. Default: any path. */
  uri?: UriMatchArgs;
  /** Conditions on headers. Default: none. */
  headers?: HeaderMatcherArgs[];
  /** Conditions on query parameters. Default: none. */
  queryParameters?: QueryParameterMatcherArgs[];
  /**
   * Conditions on claims of the token that the route's JWTPolicy verified; only for gateways. Before that, a later
   * route takes the request: each that may must have the same policies, and one must take all (MW0273, MW0274).
   * Default: none.
   */
  claims?: ClaimMatcherArgs[];
  /** HTTP method, in upper case. Default: any method. */
  method?: Input<string>;
  /** Port of the gateway listener that the request arrives at. Default: every listener. */
  port?: Input<number>;
}
