import type { TemplatePart } from "../model/template.js";
import { readsBody } from "../model/template.js";
import type { Extractor, TransformationPolicy } from "../model/transformation-policy.js";
import type { ChangedHeaders } from "./changed-headers.js";
import { compileExpression } from "./expression.js";
import type { Incoming } from "./incoming.js";

/**
 * Changes the headers of a request as a policy defines. Templates that read bodies change nothing, because simulated
 * requests have none.
 *
 * Envoy: HeaderToMetadataFilter::writeHeaderToMetadata, HeaderMutation (source/extensions/filters/http).
 */
export function transformRequest(
  { extractors, request }: Omit<TransformationPolicy, "applyToRoutes">,
  { method, authority, path, query, scheme }: Incoming,
  headers: ChangedHeaders,
): void {
  const pseudo = new Map([
    [":method", method],
    [":authority", authority],
    [":path", path + query],
    [":scheme", scheme],
  ]);
  const first = (name: string): string => pseudo.get(name) ?? headers.get(name)[0] ?? "";
  const found = new Map(
    Object.entries(extractors).map(([name, extractor]) => [name, extract(extractor, headers.get(extractor.header))]),
  );
  const textOf = (part: TemplatePart): string => {
    switch (part.kind) {
      case "text":
        return part.text;
      case "extractor":
        return found.get(part.name) ?? "";
      case "header":
        return first(part.name);
      case "body":
        return "";
    }
  };
  for (const [name, template] of Object.entries(request?.headers ?? {})) {
    if (readsBody(template)) continue;
    const value = template.parts.map(textOf).join("");
    if (value !== "") headers.set(name, value);
  }
}

function extract({ regex, subgroup }: Extractor, values: readonly string[]): string {
  return compileExpression(`^(${regex})$|^(?s:.*)$`).replaceAll(values.join(","), `\\${subgroup + 1}`);
}
