import * as meshway from "meshway";

const fleet = new meshway.Fleet("prod", {
  clusters: [
    {
      name: "east",
      context: "east",
      trustDomain: "east.example.com",
      eastWestGateway: { addresses: ["203.0.113.10"] },
    },
    {
      name: "west",
      context: "west",
      trustDomain: "west.example.com",
      eastWestGateway: { addresses: ["203.0.113.20"] },
    },
  ],
});

const web = new meshway.VirtualGateway("web", {
  fleet,
  namespace: "gateways",
  workloads: { labels: { istio: "ingressgateway" } },
  listeners: [
    { port: 80 },
    { port: 8081 },
    { port: 443, tls: { mode: "SIMPLE", secretName: "web-cert" }, allowedRouteTables: [{ host: "*.example.com" }] },
  ],
});

// Version 2 runs in the west only.
const reviews = new meshway.VirtualDestination("reviews", {
  fleet,
  hosts: ["reviews.global"],
  services: [{ namespace: "shop", labels: { app: "reviews" }, serviceAccounts: ["reviews"] }],
  ports: [{ number: 80, protocol: "HTTP", targetPort: 9080 }],
  subsets: [{ labels: { version: "v1" } }, { labels: { version: "v2" } }],
});

// In the west only.
const ratings = new meshway.VirtualDestination("ratings", {
  fleet,
  hosts: ["ratings.global"],
  services: [{ namespace: "shop", labels: { app: "ratings" }, cluster: "west", serviceAccounts: ["ratings"] }],
  ports: [{ number: 80, protocol: "HTTP", targetPort: 9080 }],
});

// Two destinations for the same pods.
function authorizerCalled(name: string) {
  return new meshway.VirtualDestination(name, {
    fleet,
    hosts: [`${name}.global`],
    services: [{ namespace: "shop", labels: { app: "authorizer" }, cluster: "east", serviceAccounts: ["authorizer"] }],
    ports: [{ number: 9000, protocol: "GRPC" }],
  });
}
const authorizer = authorizerCalled("authorizer");
const members = new meshway.ExtAuthPolicy("members", {
  server: { destinationServer: { virtualDestination: authorizer, port: 9000 }, requestTimeout: "5s" },
});

const archive = new meshway.ExternalService("archive", {
  fleet,
  namespace: "gateways",
  hosts: ["archive.example.net"],
  ports: [{ number: 80, protocol: "HTTP" }],
  endpoints: [{ address: "203.0.113.47", ports: { "http-80": 8080 } }],
});

const toReviews = { forwardTo: { destinations: [{ virtualDestination: reviews }] } };

new meshway.RouteTable("shop", {
  fleet,
  hosts: ["shop.example.com"],
  virtualGateways: [web],
  http: [
    { name: "reviews", matchers: [{ uri: { prefix: "/reviews" } }], ...toReviews },
    {
      name: "subset",
      matchers: [{ uri: { prefix: "/subset" } }],
      forwardTo: { destinations: [{ virtualDestination: reviews, subset: { version: "v2" } }] },
    },
    {
      name: "ratings",
      matchers: [{ uri: { prefix: "/ratings" } }],
      forwardTo: { destinations: [{ virtualDestination: ratings }] },
    },
    { name: "members", matchers: [{ uri: { prefix: "/members" } }], ...toReviews, policies: [members] },
    {
      name: "archive",
      matchers: [{ uri: { prefix: "/archive" } }],
      forwardTo: { destinations: [{ externalService: archive }] },
    },
    {
      name: "service",
      forwardTo: {
        destinations: [{ service: { name: "frontend", namespace: "shop", cluster: "east" }, port: 8080 }],
      },
    },
  ],
});

// Routes for clients in the mesh that call the Service.
new meshway.RouteTable("inside", {
  fleet,
  hosts: ["reviews.shop.svc.cluster.local"],
  sidecars: { namespaces: ["library"] },
  http: [{ name: "reviews", ...toReviews }],
});
