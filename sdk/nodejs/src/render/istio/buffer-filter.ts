/** Maps `HTTPBufferPolicy` to Envoy's filter `buffer`. Tested with upstream Envoy 1.40 and istiod 1.31. */
import { MOST_UINT32 } from "../../model/schema.js";
import { envoyType, filterWithRouteSettings, type HttpFilterRenderer } from "./http-filter.js";

/** One filter, with a limit for each route. The filter's own limit never applies, but Envoy requires one. */
export const bufferFilters: HttpFilterRenderer = (table, scope) =>
  filterWithRouteSettings(table, "HTTPBufferPolicy", {
    name: `meshway.buffer.${scope}`,
    settings: { "@type": envoyType("extensions.filters.http.buffer.v3.Buffer"), max_request_bytes: MOST_UINT32 },
    ofRoute: ({ maxRequestBytes }) => ({
      "@type": envoyType("extensions.filters.http.buffer.v3.BufferPerRoute"),
      buffer: { max_request_bytes: maxRequestBytes },
    }),
  });
