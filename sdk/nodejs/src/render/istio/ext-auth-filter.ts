/** Maps `ExtAuthPolicy` to Envoy's filter `ext_authz`. Tested with upstream Envoy 1.40 and istiod 1.31. */
import type { Json } from "../../kube/object.js";
import type { AuthorizerOverHttp, ShownBody } from "../../model/ext-auth-policy.js";
import type { AppliedPolicy } from "../../plan/planned-route-policies.js";
import type { PlannedTarget } from "../../plan/planned-target.js";
import { envoyCluster } from "./destination.js";
import {
  envoyDuration,
  envoyGrpc,
  envoyType,
  type HttpFilter,
  type HttpFilterRenderer,
  namedPolicies,
} from "./http-filter.js";

/** One filter for each policy, because Envoy configures the server per filter, not per route. */
export const extAuthFilters: HttpFilterRenderer = (table, scope) =>
  [...namedPolicies(table, "ExtAuthPolicy")].map(
    ([name, { policy, routes }]): HttpFilter => ({
      name: `meshway.ext-auth.${scope}.${name}`,
      settings: renderSettings(policy),
      routes: new Map(routes.map((route) => [route, renderRoute(policy)])),
    }),
  );

function renderRoute({ value: { contextExtensions } }: AppliedPolicy<"ExtAuthPolicy">): Json {
  return {
    "@type": envoyType("extensions.filters.http.ext_authz.v3.ExtAuthzPerRoute"),
    check_settings: {
      ...(Object.keys(contextExtensions).length > 0 && { context_extensions: contextExtensions }),
    },
  };
}

function renderSettings({ value, targets }: AppliedPolicy<"ExtAuthPolicy">): Json {
  const { http, requestTimeout, failureModeAllow, statusOnError, body } = value;
  const timeout = envoyDuration(requestTimeout);
  return {
    "@type": envoyType("extensions.filters.http.ext_authz.v3.ExtAuthz"),
    transport_api_version: "V3",
    ...(targets && (http === undefined ? byGrpc(targets.server, timeout) : overHttp(http, targets.server, timeout))),
    failure_mode_allow: failureModeAllow,
    status_on_error: { code: statusOnError },
    ...(body && { with_request_body: renderBody(body) }),
  };
}

function byGrpc(target: PlannedTarget, timeout: string): { readonly [field: string]: Json } {
  return { grpc_service: { ...envoyGrpc(target), timeout } };
}

/** The URI's host has no effect: Envoy sends to the cluster, with the Host header of the request. */
function overHttp(
  http: AuthorizerOverHttp,
  target: PlannedTarget,
  timeout: string,
): { readonly [field: string]: Json } {
  const { pathPrefix, allowedHeaders, headersToAdd, allowedUpstreamHeaders, allowedClientHeaders } = http;
  const added = Object.entries(headersToAdd).map(([key, value]) => ({ key, value }));
  const response = {
    ...(allowedUpstreamHeaders.length > 0 && { allowed_upstream_headers: anyOf(allowedUpstreamHeaders) }),
    ...(allowedClientHeaders.length > 0 && { allowed_client_headers: anyOf(allowedClientHeaders) }),
  };
  return {
    ...(allowedHeaders.length > 0 && { allowed_headers: anyOf(allowedHeaders) }),
    http_service: {
      server_uri: { uri: `http://${target.host}:${target.port}`, cluster: envoyCluster(target), timeout },
      ...(pathPrefix !== undefined && { path_prefix: pathPrefix }),
      ...(added.length > 0 && { authorization_request: { headers_to_add: added } }),
      ...(Object.keys(response).length > 0 && { authorization_response: response }),
    },
  };
}

function anyOf(names: readonly string[]): Json {
  return { patterns: names.map((exact) => ({ exact, ignore_case: true })) };
}

function renderBody({ maxRequestBytes, allowPartialMessage, packAsBytes }: ShownBody): Json {
  return {
    max_request_bytes: maxRequestBytes,
    allow_partial_message: allowPartialMessage,
    ...(packAsBytes !== undefined && { pack_as_bytes: packAsBytes }),
  };
}
