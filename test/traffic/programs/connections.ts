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
  clusters: ["east"],
  listeners: [
    { port: 80 },
    { port: 443, protocol: "TLS", tls: { mode: "PASSTHROUGH" }, allowedRouteTables: [{ host: "*.db.example.com" }] },
    { port: 5432, protocol: "TCP" },
  ],
});

// The east-west gateway of a cluster without such pods would close connections, so each destination names its cluster.
function destination(name: string, cluster: string, port: meshway.DestinationPortArgs, versions: string[] = []) {
  return new meshway.VirtualDestination(name, {
    fleet,
    hosts: [`${name}.global`],
    services: [{ namespace: "shop", labels: { app: name }, serviceAccounts: [name], cluster }],
    ports: [port],
    subsets: versions.map((version) => ({ labels: { version } })),
  });
}
const tls = { number: 443, protocol: "TLS", targetPort: 9443 } as const;
const http = { number: 80, protocol: "HTTP", targetPort: 9080 } as const;
const orders = destination("orders", "east", tls);
const users = destination("users", "west", tls);
const store = destination("store", "east", { number: 5432, protocol: "TCP", targetPort: 7000 }, ["v1", "v2"]);
const reviews = destination("reviews", "east", http);
const next = destination("next", "west", http);

new meshway.RouteTable("databases", {
  fleet,
  hosts: ["*.db.example.com"],
  virtualGateways: [web],
  tls: [
    {
      name: "orders",
      matchers: [{ sniHosts: ["orders.db.example.com"] }],
      forwardTo: { destinations: [{ virtualDestination: orders }] },
    },
    {
      name: "users",
      matchers: [{ sniHosts: ["users.db.example.com", "*.users.db.example.com"], port: 443 }],
      forwardTo: { destinations: [{ virtualDestination: users }] },
    },
  ],
  tcp: [
    {
      name: "store",
      matchers: [{ port: 5432 }],
      forwardTo: {
        destinations: [
          { virtualDestination: store, subset: { version: "v1" }, weight: 80 },
          { virtualDestination: store, subset: { version: "v2" }, weight: 20 },
        ],
      },
    },
  ],
});

// The gateway serves this host too, with a different route.
new meshway.RouteTable("outside", {
  fleet,
  hosts: ["reviews.global"],
  virtualGateways: [web],
  http: [{ name: "all", forwardTo: { destinations: [{ virtualDestination: reviews }] } }],
});

new meshway.RouteTable("inside", {
  fleet,
  hosts: ["reviews.global"],
  sidecars: { namespaces: ["shop"], labels: { app: "frontend" }, clusters: ["east"] },
  policies: [
    new meshway.HeaderManipulationPolicy("marked", { setRequestHeaders: { "x-marked": "yes" } }),
    new meshway.HTTPBufferPolicy("small", { maxRequestBytes: 100 }),
  ],
  http: [
    {
      name: "next",
      matchers: [{ uri: { prefix: "/next" } }],
      forwardTo: { destinations: [{ virtualDestination: next }] },
    },
    {
      name: "reviews",
      matchers: [{ uri: { prefix: "/reviews" } }],
      forwardTo: { destinations: [{ virtualDestination: reviews }] },
    },
  ],
});
new meshway.RouteTable("inside-store", {
  fleet,
  hosts: ["store.global"],
  sidecars: { namespaces: ["shop"], labels: { app: "frontend" }, clusters: ["east"] },
  tcp: [{ name: "newest", forwardTo: { destinations: [{ virtualDestination: store, subset: { version: "v2" } }] } }],
});
