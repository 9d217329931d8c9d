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

// The operators, and two teams, one of which exports to the other.
function team(name: string, namespace: string) {
  return new meshway.Workspace(name, { fleet, workloadClusters: [{ namespaces: [{ name: namespace }] }] });
}
const [operators, shopTeam, libraryTeam] = [
  team("operators", "gateways"),
  team("shop", "shop"),
  team("library", "library"),
];
const library = new meshway.WorkspaceSettings("library", {
  workspace: libraryTeam,
  exportTo: [{ workspaces: [shopTeam], resources: [{ labels: { lent: "yes" } }] }],
});
const shop = new meshway.WorkspaceSettings("shop", {
  workspace: shopTeam,
  importFrom: [{ workspaces: [library] }],
});

// Two gateways on the same proxies; only the library uses the second one.
const web = new meshway.VirtualGateway("web", {
  fleet,
  workspace: operators,
  namespace: "gateways",
  workloads: { labels: { istio: "ingressgateway" } },
  listeners: [
    {
      port: 80,
      allowedRouteTables: [
        { host: "shop.example.com", workspaces: [shop] },
        { host: "books.example.com", workspaces: [library] },
      ],
    },
  ],
});
const desk = new meshway.VirtualGateway("desk", {
  fleet,
  workspace: operators,
  namespace: "gateways",
  workloads: { labels: { istio: "ingressgateway" } },
  listeners: [{ port: 8000, allowedRouteTables: [{ host: "desk.example.com", workspaces: [library] }] }],
});

const ports = [{ number: 80, protocol: "HTTP" as const, targetPort: 9080 }];
const pods = (namespace: string, app: string) => [
  { namespace, labels: { app }, cluster: "east", serviceAccounts: [app] },
];

const catalog = new meshway.VirtualDestination("catalog", {
  fleet,
  workspace: library,
  labels: { lent: "yes" },
  hosts: ["catalog.global"],
  services: pods("library", "catalog"),
  ports,
});
const ledger = new meshway.VirtualDestination("ledger", {
  fleet,
  workspace: library,
  hosts: ["ledger.global"],
  services: pods("library", "ledger"),
  ports,
});
new meshway.RouteTable("books", {
  fleet,
  workspace: library,
  hosts: ["books.example.com"],
  virtualGateways: [web],
  http: [{ name: "all", forwardTo: { destinations: [{ virtualDestination: catalog }] } }],
});
new meshway.RouteTable("desk", {
  fleet,
  workspace: library,
  hosts: ["desk.example.com"],
  virtualGateways: [desk],
  http: [{ name: "all", forwardTo: { destinations: [{ virtualDestination: ledger }] } }],
});
