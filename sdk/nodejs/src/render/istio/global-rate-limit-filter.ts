/** Maps `RateLimitPolicy.global` to Envoy's filter `ratelimit`. Tested with upstream Envoy 1.40 and istiod 1.31. */
import type { Json } from "../../kube/object.js";
import type { HeaderMatcher } from "../../model/match.js";
import type { GlobalRateLimit, RateLimitAction } from "../../model/rate-limit-policy.js";
import type { PlannedTarget } from "../../plan/planned-target.js";
import {
  envoyDuration,
  envoyGrpc,
  envoyType,
  type HttpFilter,
  type HttpFilterRenderer,
  namedPolicies,
} from "./http-filter.js";

/** One filter for each policy, because Envoy configures server and domain per filter, not per route. */
export const globalRateLimitFilters: HttpFilterRenderer = (table, scope) =>
  [...namedPolicies(table, "RateLimitPolicy")].flatMap(([name, { policy, routes }]): readonly HttpFilter[] => {
    const { value, targets } = policy;
    if (value.global === undefined || targets === undefined) return [];
    const ofRoute = renderRoute(value.global);
    return [
      {
        name: `meshway.rate-limit.${scope}.${name}`,
        settings: renderSettings(value.global, targets.server),
        routes: new Map(routes.map((route) => [route, ofRoute])),
      },
    ];
  });

function renderSettings({ domain, requestTimeout, denyOnFail }: GlobalRateLimit, target: PlannedTarget): Json {
  return {
    "@type": envoyType("extensions.filters.http.ratelimit.v3.RateLimit"),
    domain,
    timeout: envoyDuration(requestTimeout),
    failure_mode_deny: denyOnFail,
    rate_limit_service: { transport_api_version: "V3", grpc_service: envoyGrpc(target) },
  };
}

function renderRoute({ rateLimits }: GlobalRateLimit): Json {
  return {
    "@type": envoyType("extensions.filters.http.ratelimit.v3.RateLimitPerRoute"),
    rate_limits: rateLimits.map((actions) => ({ actions: actions.map(renderAction) })),
  };
}

function renderAction(action: RateLimitAction): Json {
  switch (action.kind) {
    case "genericKey":
      return { generic_key: { descriptor_value: action.descriptorValue, ...keyOf(action) } };
    case "requestHeaders": {
      const { headerName, descriptorKey, skipIfAbsent } = action;
      return {
        request_headers: { header_name: headerName, descriptor_key: descriptorKey, skip_if_absent: skipIfAbsent },
      };
    }
    case "headerValueMatch": {
      const { descriptorValue, expectMatch, headers } = action;
      return {
        header_value_match: {
          descriptor_value: descriptorValue,
          ...keyOf(action),
          expect_match: expectMatch,
          headers: headers.map(renderHeader),
        },
      };
    }
    case "metadata": {
      const { descriptorKey, metadataKey, defaultValue, source } = action;
      return {
        metadata: {
          descriptor_key: descriptorKey,
          metadata_key: {
            key: metadataKey.key,
            path: metadataKey.path.map(({ key }) => ({ key })),
          },
          ...(defaultValue !== undefined && { default_value: defaultValue }),
          source,
        },
      };
    }
    case "remoteAddress":
      return { remote_address: {} };
    case "sourceCluster":
      return { source_cluster: {} };
    case "destinationCluster":
      return { destination_cluster: {} };
  }
}

function keyOf({ descriptorKey }: { readonly descriptorKey?: string }): { readonly descriptor_key?: string } {
  return descriptorKey === undefined ? {} : { descriptor_key: descriptorKey };
}

function renderHeader({ name, match, invert }: HeaderMatcher): Json {
  const how =
    match.kind === "present"
      ? { present_match: true }
      : { string_match: match.kind === "exact" ? { exact: match.value } : { safe_regex: { regex: match.value } } };
  return { name, ...how, ...(invert && { invert_match: true }) };
}
