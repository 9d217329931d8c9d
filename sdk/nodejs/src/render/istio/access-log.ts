/**
 * Maps `AccessLogPolicy` to an access log of Envoy's HTTP connection manager. Tested with upstream Envoy 1.40 and
 * istiod 1.31.
 */
import type { Json } from "../../kube/object.js";
import type { AccessLogFilter } from "../../model/access-log-policy.js";
import type { Leaf } from "../../model/deferred.js";
import type { HeaderMatcher } from "../../model/match.js";
import type { PlannedListenerPolicy } from "../../plan/listener-policies.js";
import { envoyType } from "./http-filter.js";

const MANAGER = "envoy.filters.network.http_connection_manager";

/** Fields of Istio's default JSON log line (EnvoyJSONLogFormatIstio). */
const FIELDS: Readonly<Record<string, string>> = {
  start_time: "%START_TIME%",
  route_name: "%ROUTE_NAME%",
  method: "%REQ(:METHOD)%",
  path: "%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%",
  protocol: "%PROTOCOL%",
  response_code: "%RESPONSE_CODE%",
  response_flags: "%RESPONSE_FLAGS%",
  response_code_details: "%RESPONSE_CODE_DETAILS%",
  connection_termination_details: "%CONNECTION_TERMINATION_DETAILS%",
  bytes_received: "%BYTES_RECEIVED%",
  bytes_sent: "%BYTES_SENT%",
  duration: "%DURATION%",
  upstream_service_time: "%RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)%",
  x_forwarded_for: "%REQ(X-FORWARDED-FOR)%",
  user_agent: "%REQ(USER-AGENT)%",
  request_id: "%REQ(X-REQUEST-ID)%",
  authority: "%REQ(:AUTHORITY)%",
  upstream_host: "%UPSTREAM_HOST%",
  upstream_cluster: "%UPSTREAM_CLUSTER_RAW%",
  upstream_local_address: "%UPSTREAM_LOCAL_ADDRESS%",
  downstream_local_address: "%DOWNSTREAM_LOCAL_ADDRESS%",
  downstream_remote_address: "%DOWNSTREAM_REMOTE_ADDRESS%",
  requested_server_name: "%REQUESTED_SERVER_NAME%",
  upstream_transport_failure_reason: "%UPSTREAM_TRANSPORT_FAILURE_REASON%",
};

/**
 * Adds an access log to every filter chain of a listener; the mesh's own log stays.
 *
 * Istio's `Telemetry` is not used: it selects neither fields nor ports, and replaces the mesh's log.
 */
export function accessLogPatches(
  port: Leaf<number>,
  policy: PlannedListenerPolicy<"AccessLogPolicy">,
): readonly Json[] {
  const access_log = [
    {
      name: "envoy.access_loggers.file",
      ...filterOf(policy.value.filters),
      typed_config: {
        "@type": envoyType("extensions.access_loggers.file.v3.FileAccessLog"),
        path: "/dev/stdout",
        log_format: { json_format: lineOf(policy) },
      },
    },
  ];
  return [
    {
      applyTo: "NETWORK_FILTER",
      match: { context: "GATEWAY", listener: { portNumber: port, filterChain: { filter: { name: MANAGER } } } },
      patch: {
        operation: "MERGE",
        value: {
          name: MANAGER,
          typed_config: {
            "@type": envoyType("extensions.filters.network.http_connection_manager.v3.HttpConnectionManager"),
            access_log,
          },
        },
      },
    },
  ];
}

function lineOf({ name, value }: PlannedListenerPolicy<"AccessLogPolicy">): Json {
  return {
    access_log_policy: name.replaceAll("%", "%%"),
    ...FIELDS,
    ...group("request_headers", value.includedRequestHeaders, (header) => `%REQ(${header})%`),
    ...group("response_headers", value.includedResponseHeaders, (header) => `%RESP(${header})%`),
    ...group("response_trailers", value.includedResponseTrailers, (trailer) => `%TRAILER(${trailer})%`),
    ...group("filter_state", value.includedFilterStateObjects, (key) => `%FILTER_STATE(${key}:TYPED)%`),
  };
}

function group(field: string, names: readonly string[], operator: (name: string) => string): Record<string, Json> {
  return names.length === 0 ? {} : { [field]: Object.fromEntries(names.map((name) => [name, operator(name)])) };
}

/** Envoy requires at least two filters in an `or_filter` or `and_filter`. */
function filterOf(filters: readonly AccessLogFilter[]): { readonly filter?: Json } {
  const [first, ...more] = filters.map(renderFilter);
  if (first === undefined) return {};
  return { filter: more.length === 0 ? first : { or_filter: { filters: [first, ...more] } } };
}

function renderFilter(filter: AccessLogFilter): Json {
  if (filter.kind === "header") return { header_filter: { header: renderHeader(filter.header) } };
  const { value, comparator } = filter;
  // Envoy requires a runtime key that could override the value; nothing sets it
  const code = { default_value: value, runtime_key: "meshway.access_log.status" };
  return { status_code_filter: { comparison: { op: comparator, value: code } } };
}

/** Like Istio for routes: a missing header counts as empty under an inverted match. */
function renderHeader({ name, match, invert }: HeaderMatcher): Json {
  const how: { readonly [key: string]: Json } =
    match.kind === "present"
      ? { present_match: true }
      : {
          string_match: match.kind === "exact" ? { exact: match.value } : { safe_regex: { regex: match.value } },
          ...(invert && { treat_missing_header_as_empty: true }),
        };
  return { name, ...how, ...(invert && { invert_match: true }) };
}
