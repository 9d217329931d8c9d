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

// Three errors in a row and an endpoint is left out for ten seconds.
const outlier = new meshway.OutlierDetectionPolicy("three-strikes", {
  consecutiveErrors: 3,
  interval: "1s",
  baseEjectionTime: "10s",
});

// Near pods first; those of the other cluster when none of these is left.
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
