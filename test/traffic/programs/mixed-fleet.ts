import * as meshway from "meshway";

// East has sidecars; west only has gateway proxies.
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
  clusters: ["east"],
  listeners: [{ port: 80 }],
});

const reviews = new meshway.VirtualDestination("reviews", {
  fleet,
  hosts: ["reviews.global"],
  services: [{ namespace: "shop", labels: { app: "reviews" }, serviceAccounts: ["reviews"] }],
  ports: [{ number: 80, protocol: "HTTP", targetPort: 9080 }],
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
      name: "rest",
      forwardTo: {
        destinations: [{ service: { name: "frontend", namespace: "shop", cluster: "west" }, port: 8080 }],
      },
    },
  ],
});
