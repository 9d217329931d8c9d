import * as meshway from "meshway";

// Two clusters of the kubeconfig in KUBECONFIG. Each is a network of its own, entered through its east-west gateway.
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

// The operators' part: ports, domains and certificates.
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

// One name for the reviews application, wherever it runs.
const reviews = new meshway.VirtualDestination("reviews", {
  fleet,
  hosts: ["reviews.global"],
  services: [{ namespace: "shop", labels: { app: "reviews" }, serviceAccounts: ["reviews"] }],
  ports: [{ number: 80, protocol: "HTTP", targetPort: 9080 }],
  subsets: [{ labels: { version: "v1" } }, { labels: { version: "v2" } }],
});

// What app teams use: plain descriptors, that of the fleet secret, because it may hold credentials.
export const fleetRef = fleet.ref;
export const webRef = web.ref;
export const reviewsRef = reviews.ref;
