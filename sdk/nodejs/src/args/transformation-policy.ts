import type { Input } from "./input.js";
import type { RouteSelectorArgs } from "./route-selector.js";

/** What becomes of a JSON body. */
export const BodyAction = {
  /** The fields take the place of those of the same name, and the others stay. */
  Merge: "MERGE",
  /** The fields are the whole new body. */
  Replace: "REPLACE",
} as const;
export type BodyAction = (typeof BodyAction)[keyof typeof BodyAction];

/** A part of a request's header, which templates call by its name. */
export interface ExtractorArgs {
  /** Name of the header. */
  header: Input<string>;
  /** RE2 expression that must match the whole value, at most 1024 characters; else the part is empty. */
  regex: Input<string>;
  /** Which group of the expression is taken, 0 to 8. Default 0, the whole value. */
  subgroup?: number;
}

/** New fields of a body that is a JSON object, sent with the content type `application/json`; other bodies stay as they are. */
export interface BodyTransformationArgs {
  /** By name, the templates of fields at the top of the object. One that is a single expression, such as `{{ body.n }}`, keeps the kind of its value; null where there is none. */
  json: { [field: string]: string };
  /** What becomes of the other fields. Default `MERGE`. */
  action?: BodyAction;
}

/** How requests change. At least one of `headers` and `body`. */
export interface RequestTransformationArgs {
  /** By name (letters, digits, hyphens and underscores), parts of headers as they come in. Default: none. */
  extractors?: { [name: string]: ExtractorArgs };
  /** By name, templates of headers, which take the place of those that the request has, in the order of the names; one that turns out empty leaves it as it is. Default: none. */
  headers?: { [name: string]: string };
  /** The body. Default: as it is. */
  body?: BodyTransformationArgs;
}

/** How answers change, those of the gateway itself included; bodies of these stay as they are. At least one of both. */
export interface ResponseTransformationArgs {
  /** By name, templates of headers, which take the place of those that the answer has; one that turns out empty leaves it as it is. Default: none. */
  headers?: { [name: string]: string };
  /** The body. Default: as it is. */
  body?: BodyTransformationArgs;
}

/**
 * How requests and answers of some routes change, by templates; at least one of `request` and `response`.
 *
 * Templates are texts with expressions between double braces: `{{ NAME }}` for an extractor of the request, `{{ header("NAME") }}` for a header of what is
 * changed, `{{ request_header("NAME") }}` for one of the request, and `{{ body.FIELD.FIELD }}` for a field of its JSON body. That is what Envoy's own filters
 * can do of Inja, the language of templates of Gloo Platform v2. Templates are plain values, no Outputs. Bodies that are read or changed are held back until they are
 * complete, at most 1 MiB, else 413. What a HeaderManipulationPolicy does comes after. Follows `TransformationPolicy` of Gloo Platform v2.
 */
export interface TransformationPolicyArgs {
  /** Routes that the policy is for, any of the entries. Default: all routes of whatever lists it. */
  applyToRoutes?: RouteSelectorArgs[];
  /** How requests change. Default: not at all. */
  request?: RequestTransformationArgs;
  /** How answers change. Default: not at all. */
  response?: ResponseTransformationArgs;
}
