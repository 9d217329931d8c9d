import { entry } from "../catalog-entry.js";
import { list, quote } from "../words.js";

/** 0466 to 0468: templates. */
export const transformations = {
  MW0466: entry<{ found: string; extractors: readonly string[]; side: "request" | "response" }>({
    name: "template-beyond-envoy",
    severity: "error",
    meaning: "A template uses a feature of Inja that Envoy's own filters don't have.",
    message: ({ found }) =>
      `found ${quote(found.length > 80 ? `${found.slice(0, 79)}…` : found)}, which Envoy's own filters don't support`,
    detail: ({ extractors, side }) =>
      `they support ${list([
        ...extractors.map((name) => `{{ ${name} }}`),
        '{{ header("NAME") }}',
        ...(side === "response" ? ['{{ request_header("NAME") }}'] : []),
        "{{ body.FIELD }}",
      ])}`,
    help: () =>
      "use one of these, add an extractor of the request, " +
      "or leave conditions, loops and functions to the backend or an external processor",
  }),
  MW0467: entry<{ extractor: string; subgroup: number; groups: number }>({
    name: "extractor-without-group",
    severity: "error",
    meaning: "An extractor refers to a group that its expression does not have.",
    message: ({ extractor, subgroup, groups }) =>
      `extractor ${quote(extractor)} refers to group ${subgroup}, ` +
      `but its expression has ${groups === 1 ? "1 group" : `${groups} groups`}`,
    help: () => "put parentheses around the part to extract, or use another group number; 0 is the whole value",
  }),
  MW0468: entry<{ header: string }>({
    name: "header-not-transformable",
    severity: "error",
    meaning: "A template is for a header that routing depends on.",
    message: ({ header }) => `a TransformationPolicy can't change ${quote(header)}`,
    help: () => "use `hostRewrite` or `autoHostRewrite` of the route",
  }),
};
