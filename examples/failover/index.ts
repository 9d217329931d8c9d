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

// Ejects an endpoint for ten seconds after three consecutive errors.
const outlier = new meshway.OutlierDetectionPolicy("three-strikes", {
  consecutiveErrors: 3,
  interval: "1s",
  baseEjectionTime: "10s",
});

// Prefers near pods, and fails over to the other cluster when none of them is left.
const failover = new meshway.FailoverPolicy("near-first");

const reviews = new meshway.VirtualDestination("reviews", {
  fleet,
  hosts: ["reviews.global"],
  services: [{ namespace: "shop", labels: { app: "reviews" }, serviceAccounts: ["reviews"] }],
  ports: [{ number: 80, protocol: "HTTP", targetPort: 9080 }],
  policies: [failover, outlier],
});

const web = new meshway.VirtualGateway("web", {
  fleet,
  namespace: "gateways",
  workloads: { labels: { istio: "ingressgateway" } },
  listeners: [{ port: 80, allowedRouteTables: [{ host: "*.example.com" }] }],
});

new meshway.RouteTable("shop", {
  fleet,
  hosts: ["shop.example.com"],
  virtualGateways: [web],
  http: [{ name: "reviews", forwardTo: { destinations: [{ virtualDestination: reviews, port: 80 }] } }],
});
