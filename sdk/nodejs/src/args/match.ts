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

/** Conditions on a request, all of which must hold. Follows `HTTPRequestMatcher` of Gloo Platform v2. */
export interface HttpMatcherArgs {
  /** Condition on the path. Default: any path. */
  uri?: UriMatchArgs;
  /** Conditions on headers. Default: none. */
  headers?: HeaderMatcherArgs[];
  /** Conditions on query parameters. Default: none. */
  queryParameters?: QueryParameterMatcherArgs[];
  /** HTTP method, in upper case. Default: any method. */
  method?: Input<string>;
  /** Port of the gateway listener that the request arrives at. Default: every listener. */
  port?: Input<number>;
}
