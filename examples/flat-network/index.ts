import * as meshway from "meshway";

// Two clusters on one network: pods reach each other directly. Each istiod has a remote secret for the other cluster's
// API server.
const fleet = new meshway.Fleet("prod", {
  clusters: [
    {
      name: "east",
      context: "east",
      network: "shared",
      trustDomain: "east.example.com",
      locality: { region: "us-east-1" },
      eastWestGateway: { addresses: ["203.0.113.10"] },
    },
    {
      name: "west",
      context: "west",
      network: "shared",
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

// Pods of both clusters behind one name, near ones first, without a gateway between caller and pod.
const nearFirst = new meshway.OutlierDetectionPolicy("near-first", { consecutiveErrors: 5, interval: "1s" });
const reviews = new meshway.VirtualDestination("reviews", {
  fleet,
  hosts: ["reviews.global"],
  services: [{ namespace: "shop", labels: { app: "reviews" }, serviceAccounts: ["reviews"] }],
  ports: [{ number: 80, protocol: "HTTP", targetPort: 9080 }],
  policies: [nearFirst],
});
const ratings = new meshway.VirtualDestination("ratings", {
  fleet,
  hosts: ["ratings.global"],
  services: [{ namespace: "shop", labels: { app: "ratings" }, serviceAccounts: ["ratings"] }],
  ports: [{ number: 80, protocol: "HTTP", targetPort: 9080 }],
  subsets: [{ labels: { version: "v1" } }, { labels: { version: "v2" } }],
});

new meshway.RouteTable("shop", {
  fleet,
  hosts: ["shop.example.com"],
  virtualGateways: [web],
  http: [
    {
      name: "reviews",
      matchers: [{ uri: { prefix: "/reviews" } }],
      forwardTo: { destinations: [{ virtualDestination: reviews }] },
    },
    {
      name: "ratings",
      matchers: [{ uri: { prefix: "/ratings" } }],
      forwardTo: {
        destinations: [
          { virtualDestination: ratings, subset: { version: "v1" }, weight: 75 },
          { virtualDestination: ratings, subset: { version: "v2" }, weight: 25 },
        ],
      },
    },
    // A Service of one cluster, although both clusters have a Service of that name.
    {
      name: "west",
      matchers: [{ uri: { prefix: "/west" } }],
      forwardTo: {
        destinations: [{ service: { name: "frontend", namespace: "shop", cluster: "west" }, port: 8080 }],
      },
    },
    {
      name: "rest",
      forwardTo: {
        destinations: [{ service: { name: "frontend", namespace: "shop", cluster: "east" }, port: 8080 }],
      },
    },
  ],
});
