import { entry } from "../catalog-entry.js";
import { list, quote } from "../words.js";

/** 0466 and following: templates. */
export const transformations = {
  MW0466: entry<{ found: string; extractors: readonly string[]; side: "request" | "response" }>({
    name: "template-beyond-envoy",
    severity: "error",
    meaning: "A template holds something of Inja that Envoy's own filters can't do.",
    message: ({ found }) =>
      `found ${quote(found.length > 80 ? `${found.slice(0, 79)}…` : found)}, which Envoy's own filters can't do`,
    detail: ({ extractors, side }) =>
      `they can do ${list([
        ...extractors.map((name) => `{{ ${name} }}`),
        '{{ header("NAME") }}',
        ...(side === "response" ? ['{{ request_header("NAME") }}'] : []),
        "{{ body.FIELD }}",
      ])}`,
    help: () =>
      "write one of these, add an extractor of the request, or leave conditions, loops and functions to the backend or to an external processor",
  }),
  MW0467: entry<{ extractor: string; subgroup: number; groups: number }>({
    name: "extractor-without-group",
    severity: "error",
    meaning: "An extractor takes a group that its expression does not have.",
    message: ({ extractor, subgroup, groups }) =>
      `extractor ${quote(extractor)} takes group ${subgroup}, and its expression has ${groups === 1 ? "1 group" : `${groups} groups`}`,
    help: () => "put parentheses around what is to be taken, or give the number of another group; 0 is the whole value",
  }),
  MW0468: entry<{ header: string }>({
    name: "header-not-transformable",
    severity: "error",
    meaning: "A template is for a header that belongs to the routing itself.",
    message: ({ header }) => `${quote(header)} can't be changed by a TransformationPolicy`,
    help: () => "use `hostRewrite` or `autoHostRewrite` of the route",
  }),
};
