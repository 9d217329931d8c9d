/** Maps `HTTPBufferPolicy` to Envoy's filter `buffer`. Tried on upstream Envoy 1.40 and istiod 1.31. */
import { MOST_UINT32 } from "../../model/schema.js";
import { envoyType, filterWithRouteSettings, type HttpFilterMaker } from "./http-filter.js";

/** One filter, with the limit of each route. The filter's own limit is in force nowhere, but Envoy takes none without. */
export const bufferFilters: HttpFilterMaker = (table, scope) =>
  filterWithRouteSettings(table, "HTTPBufferPolicy", {
    name: `meshway.buffer.${scope}`,
    settings: { "@type": envoyType("extensions.filters.http.buffer.v3.Buffer"), max_request_bytes: MOST_UINT32 },
    ofRoute: ({ maxRequestBytes }) => ({
      "@type": envoyType("extensions.filters.http.buffer.v3.BufferPerRoute"),
      buffer: { max_request_bytes: maxRequestBytes },
    }),
  });
