import * as meshway from "meshway";

const fleet = new meshway.Fleet("prod", {
  gatewayNamespaces: ["gateways"],
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
function team(name: string) {
  return new meshway.Workspace(name, { fleet, workloadClusters: [{ namespaces: [{ name }] }] });
}
const shop = team("shop");
team("billing");

// A team of plain Services: no virtual destination says whose pods they are.
const library = new meshway.WorkspaceSettings("library-team", {
  workspace: team("library"),
  exportTo: [{ workspaces: [shop], resources: [{ kind: "SERVICE", name: "stacks" }] }],
  options: { serviceIsolation: { enabled: true } },
});
const shopTeam = new meshway.WorkspaceSettings("shop-team", {
  workspace: shop,
  importFrom: [{ workspaces: [library] }],
});

const stacks = (cluster: string) => ({ service: { name: "stacks", namespace: "library", cluster }, port: 80 });

new meshway.TrimProxyConfigPolicy("trimmed", {
  fleet,
  workspace: library,
  workloads: { namespace: "library", labels: { app: "trimmed" }, clusters: ["east"] },
  includedDestinations: [{ service: { name: "stacks", namespace: "library" } }],
});

// Gateways that teams share, and one among the isolated pods.
const shared = new meshway.VirtualGateway("shared", {
  fleet,
  namespace: "gateways",
  workloads: { labels: { istio: "ingressgateway" } },
  listeners: [{ port: 80 }],
});
const own = new meshway.VirtualGateway("own", {
  fleet,
  workspace: library,
  namespace: "library",
  workloads: { labels: { istio: "librarygateway" } },
  clusters: ["east"],
  listeners: [{ port: 8080 }],
});
new meshway.RouteTable("shop", {
  fleet,
  workspace: shopTeam,
  hosts: ["shop.example.com"],
  virtualGateways: [shared],
  http: [
    { name: "far", matchers: [{ uri: { prefix: "/far" } }], forwardTo: { destinations: [stacks("west")] } },
    { name: "near", forwardTo: { destinations: [stacks("east")] } },
  ],
});
new meshway.RouteTable("library", {
  fleet,
  workspace: library,
  hosts: ["library.example.com"],
  virtualGateways: [own],
  http: [{ name: "stacks", forwardTo: { destinations: [stacks("east")] } }],
});
