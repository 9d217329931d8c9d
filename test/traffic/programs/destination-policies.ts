import * as meshway from "meshway";

const fleet = new meshway.Fleet("prod", {
  clusters: [
    {
      name: "east",
      context: "east",
      trustDomain: "east.example.com",
      locality: { region: "us-east-1" },
      eastWestGateway: { addresses: ["203.0.113.10"] },
    },
    {
      name: "west",
      context: "west",
      trustDomain: "west.example.com",
      locality: { region: "us-west-2" },
      eastWestGateway: { addresses: ["203.0.113.20"] },
    },
  ],
});

const web = new meshway.VirtualGateway("web", {
  fleet,
  namespace: "gateways",
  workloads: { labels: { istio: "ingressgateway" } },
  listeners: [{ port: 80 }],
});

// Pods of east only, or of west only, so that it is plain which of them answers.
function destination(name: string, cluster: string, policies: meshway.PolicyReference[] = []) {
  return new meshway.VirtualDestination(name, {
    fleet,
    hosts: [`${name}.global`],
    services: [{ namespace: "shop", labels: { app: "reviews" }, cluster, serviceAccounts: ["reviews"] }],
    ports: [{ number: 80, protocol: "HTTP", targetPort: 9080 }],
    policies,
  });
}

const narrow = new meshway.ConnectionPolicy("narrow", { http: { maxRequests: 4 } });
const queue = new meshway.ConnectionPolicy("queue", {
  tcp: { maxConnections: 1, connectTimeout: "5s", tcpKeepalive: { probes: 3, time: "60s", interval: "5s" } },
  http: { maxPendingRequests: 1 },
});
const single = new meshway.ConnectionPolicy("single", { http: { maxRequestsPerConnection: 1 } });
const brief = new meshway.ConnectionPolicy("brief", { http: { idleTimeout: "100ms" } });

destination("plain", "east");
destination("narrow", "east", [narrow]);
destination("queue", "east", [queue]);
destination("single", "east", [single]);
destination("brief", "east", [brief]);
destination("far-narrow", "west", [narrow]);

const destinations = {
  plain: destination("chosen-by-nothing", "east"),
  header: destination("chosen-by-header", "east", [
    new meshway.LoadBalancerPolicy("by-header", { consistentHash: { httpHeaderName: "x-user" } }),
  ]),
  cookie: destination("chosen-by-cookie", "east", [
    new meshway.LoadBalancerPolicy("by-cookie", {
      consistentHash: { httpCookie: { name: "session", path: "/", ttl: "60s" } },
    }),
  ]),
  query: destination("chosen-by-query", "east", [
    new meshway.LoadBalancerPolicy("by-query", { consistentHash: { httpQueryParameterName: "user" } }),
  ]),
  turn: destination("chosen-in-turn", "east", [
    new meshway.LoadBalancerPolicy("in-turn", { simple: "ROUND_ROBIN", warmupDurationSecs: "1s" }),
  ]),
};

new meshway.RouteTable("shop", {
  fleet,
  hosts: ["shop.example.com"],
  virtualGateways: [web],
  http: Object.entries(destinations).map(([name, virtualDestination]) => ({
    name,
    matchers: [{ uri: { prefix: `/${name}` } }],
    forwardTo: { destinations: [{ virtualDestination }] },
  })),
});
