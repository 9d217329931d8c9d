import * as meshway from "meshway";

const fleet = new meshway.Fleet("prod", {
  clusters: [{ name: "east", context: "east", trustDomain: "east.example.com" }],
});

const unusual = new meshway.AccessLogPolicy("unusual", {
  applyToListeners: [{ port: 80 }],
  filters: [
    { statusCodeMatcher: { value: 500, comparator: "GE" } },
    { headerMatcher: { name: "x-debug" } },
    { headerMatcher: { name: "content-type", value: "application/grpc.*", regex: true } },
  ],
  includedRequestHeaders: ["X-User"],
  includedResponseHeaders: ["x-powered-by"],
  includedResponseTrailers: ["grpc-status"],
  includedFilterStateObjects: ["envoy.filters.http.grpc_stats"],
});
const balanced = new meshway.ProxyProtocolPolicy("balanced", {
  applyToListeners: [{ port: 8081 }],
  enableProxyProtocol: true,
});
const small = new meshway.ListenerConnectionPolicy("small", {
  applyToListeners: [{ port: 8082 }],
  perConnectionBufferLimitBytes: 1000,
  tcpKeepalive: { time: "60s", interval: "5s", probes: 3 },
});

const web = new meshway.VirtualGateway("web", {
  fleet,
  namespace: "gateways",
  workloads: { labels: { istio: "ingressgateway" } },
  listeners: [
    { port: 80 },
    // no policy applies to this port
    { port: 8080 },
    { port: 8081 },
    { port: 8082 },
  ],
  policies: [unusual, balanced, small],
});

const reviews = new meshway.VirtualDestination("reviews", {
  fleet,
  hosts: ["reviews.global"],
  services: [{ namespace: "shop", labels: { app: "reviews" }, serviceAccounts: ["reviews"] }],
  ports: [
    { number: 80, protocol: "HTTP", targetPort: 9080 },
    { number: 90, protocol: "GRPC", targetPort: 9090 },
  ],
});
const patience = new meshway.RetryTimeoutPolicy("patience", { retries: { attempts: 1, retryOn: "5xx" } });
const to = (port: number) => ({ destinations: [{ virtualDestination: reviews, port }] });
new meshway.RouteTable("shop", {
  fleet,
  hosts: ["shop.example.com"],
  virtualGateways: [web],
  policies: [patience],
  http: [
    { name: "grpc", matchers: [{ uri: { prefix: "/meshway.Echo/" } }], forwardTo: to(90) },
    { name: "rest", forwardTo: to(80) },
  ],
});
