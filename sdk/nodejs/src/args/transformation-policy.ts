import type { Input } from "./input.js";
import type { RouteSelectorArgs } from "./route-selector.js";

/** Ways to put new fields into a JSON body. */
export const BodyAction = {
  /** The new fields replace those of the same name, and the others stay. */
  Merge: "MERGE",
  /** The new fields are the whole new body. */
  Replace: "REPLACE",
} as const;
export type BodyAction = (typeof BodyAction)[keyof typeof BodyAction];

/** Part of a request header, which templates refer to by name. */
export interface ExtractorArgs {
  /** Name of the header. */
  header: Input<string>;
  /** RE2 expression that must match the whole value, at most 1024 characters; otherwise the part is empty. */
  regex: Input<string>;
  /** Capture group to extract, 0 to 8. Default 0, the whole value. */
  subgroup?: number;
}

/**
 * New fields of a body that is a JSON object, sent with the content type `application/json`; other bodies stay
 * unchanged.
 */
export interface BodyTransformationArgs {
  /**
   * Templates of fields at the top of the object, by field name. One that is a single expression, such as
   * `{{ body.n }}`, keeps the type of its value; null if there is none.
   */
  json: { [field: string]: string };
  /** Way to put the fields into the body. Default `MERGE`. */
  action?: BodyAction;
}

/** Changes to requests. At least one of `headers` and `body`. */
export interface RequestTransformationArgs {
  /** Parts of incoming headers, by name (letters, digits, hyphens and underscores). Default: none. */
  extractors?: { [name: string]: ExtractorArgs };
  /**
   * Templates of headers, by header name, which replace those of the request, in the order of the names; an empty
   * result leaves the header unchanged. Default: none.
   */
  headers?: { [name: string]: string };
  /** Changes to the body. Default: none. */
  body?: BodyTransformationArgs;
}

/** Changes to responses, including the gateway's own, whose bodies stay unchanged. At least one field. */
export interface ResponseTransformationArgs {
  /**
   * Templates of headers, by header name, which replace those of the response; an empty result leaves the header
   * unchanged. Default: none.
   */
  headers?: { [name: string]: string };
  /** Changes to the body. Default: none. */
  body?: BodyTransformationArgs;
}

/**
 * Changes requests and responses of some routes by templates; at least one of `request` and `response`.
 *
 * Templates are text with expressions in double braces: `{{ NAME }}` for an extractor of the request,
 * `{{ header("NAME") }}` for a header of the message being changed, `{{ request_header("NAME") }}` for one of the
 * request, and `{{ body.FIELD.FIELD }}` for a field of the message's JSON body. That is the part of Inja, the template
 * language of Gloo Platform v2, that Envoy's own filters support. Templates are plain values, not Outputs. Bodies that
 * are read or changed are buffered until they are complete, at most 1 MiB, otherwise 413. A HeaderManipulationPolicy
 * runs afterward. Follows `TransformationPolicy` of Gloo Platform v2.
 */
export interface TransformationPolicyArgs {
  /**
   * Routes that the policy applies to, selected by any of the entries. Default: all routes of the resource that lists
   * it.
   */
  applyToRoutes?: RouteSelectorArgs[];
  /** Changes to requests. Default: none. */
  request?: RequestTransformationArgs;
  /** Changes to responses. Default: none. */
  response?: ResponseTransformationArgs;
}
