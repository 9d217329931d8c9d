import * as meshway from "meshway";

// Two clusters without sidecars: only gateway proxies run, and traffic behind the first gateway is plaintext.
const fleet = new meshway.Fleet("prod", {
  clusters: [
    {
      name: "east",
      context: "east",
      mesh: "NONE",
      locality: { region: "us-east-1" },
      eastWestGateway: { addresses: ["203.0.113.10"] },
    },
    {
      name: "west",
      context: "west",
      mesh: "NONE",
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

// East-west gateways route by the Host header, which the first gateway sets.
const reviews = new meshway.VirtualDestination("reviews", {
  fleet,
  hosts: ["reviews.global"],
  services: [{ namespace: "shop", labels: { app: "reviews" } }],
  ports: [
    { number: 80, protocol: "HTTP", targetPort: 9080 },
    { number: 8081, protocol: "HTTP", targetPort: 9081 },
  ],
});

// Labels don't travel in plaintext: a version that routes select across clusters needs its own name.
const version = (version: string, cluster: string) =>
  new meshway.VirtualDestination(`reviews-${version}`, {
    fleet,
    hosts: [`reviews-${version}.global`],
    services: [{ namespace: "shop", labels: { app: "reviews", version }, cluster }],
    ports: [{ number: 80, protocol: "HTTP", targetPort: 9080 }],
  });
const first = version("v1", "east");
const second = version("v2", "west");

new meshway.RouteTable("shop", {
  fleet,
  hosts: ["shop.example.com"],
  virtualGateways: [web],
  http: [
    {
      name: "split",
      matchers: [{ uri: { prefix: "/split" } }],
      forwardTo: {
        destinations: [
          { virtualDestination: first, weight: 75 },
          { virtualDestination: second, weight: 25 },
        ],
      },
    },
    {
      name: "reviews",
      matchers: [{ uri: { prefix: "/reviews" } }],
      forwardTo: { destinations: [{ virtualDestination: reviews, port: 80 }] },
    },
    {
      name: "admin",
      matchers: [{ uri: { prefix: "/admin" } }],
      forwardTo: { destinations: [{ virtualDestination: reviews, port: 8081 }] },
    },
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
