/**
 * Maps `TransformationPolicy` to Envoy's filters `header_to_metadata`, `header_mutation` and `transform`. Tested
 * with upstream Envoy 1.40 and istiod 1.31.
 */
import type { Json } from "../../kube/object.js";
import { derive } from "../../model/deferred.js";
import { readsBody, type Side, type Template, type TemplatePart } from "../../model/template.js";
import type { Extractor, Transformation, TransformationPolicy } from "../../model/transformation-policy.js";
import { envoyType, type HttpFilter, type HttpFilterRenderer, policiesByRoute } from "./http-filter.js";

type Policy = Omit<TransformationPolicy, "applyToRoutes">;

/** Metadata namespace in which extractors leave their results for the templates of the same request. */
const METADATA = "meshway.extractors";

/** Extractors run first, then headers, then bodies; each filter is present only if routes need it. */
export const transformationFilters: HttpFilterRenderer = (table, scope) => {
  const policies = policiesByRoute(table, "TransformationPolicy");
  const filter = (
    name: string,
    type: string,
    ofRoute: (policy: Policy) => Json | undefined,
    perRoute = type,
  ): readonly HttpFilter[] => {
    const routes = new Map(
      [...policies].flatMap(([route, policy]) => {
        const settings = ofRoute(policy);
        return settings === undefined
          ? []
          : [[route, { "@type": envoyType(perRoute), ...(settings as object) }] as const];
      }),
    );
    return routes.size === 0
      ? []
      : [{ name: `meshway.${name}.${scope}`, settings: { "@type": envoyType(type) }, routes }];
  };
  return [
    ...filter("extract", "extensions.filters.http.header_to_metadata.v3.Config", extraction),
    ...filter(
      "headers",
      "extensions.filters.http.header_mutation.v3.HeaderMutation",
      headerChanges,
      "extensions.filters.http.header_mutation.v3.HeaderMutationPerRoute",
    ),
    ...filter("transform", "extensions.filters.http.transform.v3.TransformConfig", bodyChanges),
  ];
};

function extraction({ extractors }: Policy): Json | undefined {
  const rules = Object.entries(extractors).map(([name, extractor]) => ({
    header: extractor.header,
    on_header_present: {
      metadata_namespace: METADATA,
      key: name,
      type: "STRING",
      regex_value_rewrite: wholeMatch(extractor),
    },
  }));
  return rules.length === 0 ? undefined : { request_rules: rules };
}

/**
 * Envoy rewrites the match and keeps the rest: a second alternative takes values that the expression does not match,
 * and erases them.
 */
function wholeMatch({ regex, subgroup }: Extractor): Json {
  return {
    pattern: { regex: derive([regex], () => `^(${regex})$|^(?s:.*)$`) },
    substitution: `\\${subgroup + 1}`,
  };
}

function headerChanges({ request, response }: Policy): Json | undefined {
  const changes = {
    ...mutations("request_mutations", "request", request, (each) => !readsBody(each)),
    ...mutations("response_mutations", "response", response, (each) => !readsBody(each)),
  };
  return Object.keys(changes).length === 0 ? undefined : { mutations: changes };
}

function bodyChanges({ request, response }: Policy): Json | undefined {
  const changes = {
    ...withBody("request_transformation", "request", request),
    ...withBody("response_transformation", "response", response),
  };
  return Object.keys(changes).length === 0 ? undefined : changes;
}

function withBody(field: string, side: Side, transformation: Transformation | undefined): Record<string, Json> {
  const headers = mutations("headers_mutations", side, transformation, readsBody);
  const { body } = transformation ?? {};
  if (body === undefined && Object.keys(headers).length === 0) return {};
  const json = Object.fromEntries(Object.entries(body?.json ?? {}).map(([name, each]) => [name, format(each, side)]));
  return {
    [field]: {
      ...headers,
      ...(body && { body_transformation: { body_format: { json_format: json }, action: body.action } }),
    },
  };
}

function mutations(
  field: string,
  side: Side,
  transformation: Transformation | undefined,
  isMeant: (template: Template) => boolean,
): Record<string, Json> {
  const list = Object.entries(transformation?.headers ?? {})
    .filter(([, template]) => isMeant(template))
    .map(([key, template]) => ({
      append: { header: { key, value: format(template, side) }, append_action: "OVERWRITE_IF_EXISTS_OR_ADD" },
    }));
  return list.length === 0 ? {} : { [field]: list };
}

/** Renders a template in Envoy's format syntax, in which percent signs are doubled. */
function format({ parts }: Template, side: Side): string {
  return parts.map((part) => formatPart(part, side)).join("");
}

function formatPart(part: TemplatePart, side: Side): string {
  switch (part.kind) {
    case "text":
      return part.text.replaceAll("%", "%%");
    case "extractor":
      return `%DYNAMIC_METADATA(${METADATA}:${part.name})%`;
    case "header":
      if (part.of === "request") return `%REQ(${part.name})%`;
      return part.name === ":status" ? "%RESPONSE_CODE%" : `%RESP(${part.name})%`;
    case "body":
      return `%${side === "request" ? "REQUEST" : "RESPONSE"}_BODY(${part.path.join(":")})%`;
  }
}
