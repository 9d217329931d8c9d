/** Maps `CompressionPolicy` to Envoy's filter `compressor`. Tested with upstream Envoy 1.40 and istiod 1.31. */
import { CompressionAlgorithm } from "../../args/compression-policy.js";
import type { Json } from "../../kube/object.js";
import type { AppliedPolicy } from "../../plan/planned-route-policies.js";
import { envoyType, type HttpFilter, type HttpFilterRenderer, namedPolicies } from "./http-filter.js";

/** One filter for each policy and algorithm, because Envoy configures both per filter, not per route. */
export const compressionFilters: HttpFilterRenderer = (table, scope) =>
  [...namedPolicies(table, "CompressionPolicy")].flatMap(([name, { policy, routes }]) =>
    policy.value.algorithms.map(
      (algorithm, index): HttpFilter => ({
        name: `meshway.compression.${algorithm.toLowerCase()}.${scope}.${name}`,
        settings: renderSettings(policy, algorithm, {
          isPreferred: index === 0,
          // the filters before it still need the header
          isLast: index === policy.value.algorithms.length - 1,
        }),
        routes: new Map(routes.map((route) => [route, SWITCHED_ON])),
      }),
    ),
  );

/** Per-route settings that only switch the filter on. */
const SWITCHED_ON: Json = {
  "@type": envoyType("extensions.filters.http.compressor.v3.CompressorPerRoute"),
  overrides: { response_direction_config: {} },
};

const LIBRARIES: Readonly<Record<CompressionAlgorithm, Json>> = {
  [CompressionAlgorithm.Gzip]: {
    name: "envoy.compression.gzip.compressor",
    typed_config: { "@type": envoyType("extensions.compression.gzip.compressor.v3.Gzip") },
  },
  [CompressionAlgorithm.Brotli]: {
    name: "envoy.compression.brotli.compressor",
    typed_config: { "@type": envoyType("extensions.compression.brotli.compressor.v3.Brotli") },
  },
};

function renderSettings(
  { value }: AppliedPolicy<"CompressionPolicy">,
  algorithm: CompressionAlgorithm,
  { isPreferred, isLast }: { readonly isPreferred: boolean; readonly isLast: boolean },
): Json {
  const { contentTypes, minContentLength, disableOnEtagHeader, removeAcceptEncodingHeader } = value;
  return {
    "@type": envoyType("extensions.filters.http.compressor.v3.Compressor"),
    response_direction_config: {
      common_config: { min_content_length: minContentLength, ...(contentTypes && { content_type: contentTypes }) },
      disable_on_etag_header: disableOnEtagHeader,
      remove_accept_encoding_header: isLast ? removeAcceptEncodingHeader : false,
    },
    compressor_library: LIBRARIES[algorithm],
    ...(isPreferred && { choose_first: true }),
  };
}
