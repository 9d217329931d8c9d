/**
 * Headers that Envoy always removes at the edge before it evaluates routes
 * (ConnectionManagerUtility::mutateRequestHeaders, seen with Envoy 1.40). It keeps `connection` and `upgrade` of
 * WebSocket handshakes.
 */
export const REMOVED_HEADERS: ReadonlySet<string> = new Set([
  ...["keep-alive", "proxy-connection", "transfer-encoding", "x-forwarded-client-cert"],
  ...["x-envoy-decorator-operation", "x-envoy-downstream-service-cluster", "x-envoy-downstream-service-node"],
  ...["x-envoy-expected-rq-timeout-ms", "x-envoy-force-trace", "x-envoy-hedge-on-per-try-timeout", "x-envoy-internal"],
  ...["x-envoy-ip-tags", "x-envoy-max-retries", "x-envoy-original-host", "x-envoy-original-path"],
  ...["x-envoy-original-url", "x-envoy-retriable-header-names", "x-envoy-retriable-status-codes"],
  ...["x-envoy-retry-grpc-on", "x-envoy-retry-on", "x-envoy-upstream-alt-stat-name"],
  ...["x-envoy-upstream-rq-per-try-timeout-ms", "x-envoy-upstream-rq-timeout-alt-response"],
  ...["x-envoy-upstream-rq-timeout-ms", "x-envoy-upstream-stream-duration-ms"],
]);
