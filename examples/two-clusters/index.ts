import * as meshway from "meshway";

// Two clusters from the kubeconfig in KUBECONFIG. Each is a separate network with its own east-west gateway.
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

// Owned by the operators: ports, domains and certificates.
const web = new meshway.VirtualGateway("web", {
  fleet,
  namespace: "gateways",
  workloads: { labels: { istio: "ingressgateway" } },
  listeners: [
    { port: 80, httpsRedirect: true },
    {
      port: 443,
      tls: { mode: "SIMPLE", secretName: "web-cert" },
      allowedRouteTables: [{ host: "*.example.com" }],
    },
  ],
});

// One hostname for the reviews application, wherever it runs.
const reviews = new meshway.VirtualDestination("reviews", {
  fleet,
  hosts: ["reviews.global"],
  services: [{ namespace: "shop", labels: { app: "reviews" }, serviceAccounts: ["reviews"] }],
  ports: [{ number: 80, protocol: "HTTP", targetPort: 9080 }],
  subsets: [{ labels: { version: "v1" } }, { labels: { version: "v2" } }],
});

// Owned by the app team: routes.
new meshway.RouteTable("shop", {
  fleet,
  hosts: ["shop.example.com"],
  virtualGateways: [web],
  http: [
    {
      name: "reviews",
      matchers: [{ uri: { prefix: "/reviews" } }],
      forwardTo: {
        destinations: [
          { virtualDestination: reviews, subset: { version: "v1" }, weight: 90 },
          { virtualDestination: reviews, subset: { version: "v2" }, weight: 10 },
        ],
      },
    },
    {
      name: "health",
      matchers: [{ uri: { exact: "/healthz" }, method: "GET" }],
      directResponse: { status: 200, body: "ok" },
    },
    {
      name: "rest",
      forwardTo: {
        destinations: [{ service: { name: "frontend", namespace: "shop", cluster: "east" }, port: 8080 }],
      },
    },
  ],
});
