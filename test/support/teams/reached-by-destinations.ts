import type { ModelArgs } from "../models.js";
import { type Attempt, at, HIDDEN, NOBODY } from "./attempt.js";
import { external, gateway, table, together, trim, virtual } from "./lab.js";

const pods = (namespace: string, cluster?: string) => [
  { namespace, labels: { app: "reviews" }, serviceAccounts: ["x"], ...(cluster && { cluster }) },
];

const access = { accessPolicies: { shut: { authzList: [{ allowedPaths: ["/none"] }] } } };
const DESTINATIONS: readonly Attempt[] = [
  {
    kind: "pods of a team",
    what: "a VirtualDestination of nobody selects pods",
    adds: virtual({ ...HIDDEN, services: pods("books") }),
    finds: [at("MW0630", "VirtualDestination", "services[0].namespace")],
  },
  {
    kind: "pods of a team",
    what: "a VirtualDestination of nobody puts an AccessPolicy on pods",
    adds: virtual({ ...HIDDEN, services: pods("books"), policies: ["shut"] }, access),
    finds: [at("MW0630", "VirtualDestination", "services[0].namespace")],
  },
  ...[
    { connectionPolicies: { shut: { http: { maxRequestsPerConnection: 1 } } } },
    { outlierDetectionPolicies: { shut: { consecutiveErrors: 1 } } },
  ].map((policies) => ({
    kind: "pods of a team",
    what: `a VirtualDestination of nobody puts ${Object.keys(policies)[0]} on pods`,
    adds: virtual({ ...HIDDEN, services: pods("books"), policies: ["shut"] }, policies as ModelArgs),
    finds: [at("MW0630", "VirtualDestination", "services[0].namespace")],
  })),
  {
    kind: "pods of a team",
    what: "a VirtualDestination of a team selects pods of another one",
    adds: virtual({ services: pods("books") }),
    finds: [at("MW0601", "VirtualDestination", "services[0].namespace")],
  },
  {
    kind: "pods of a team",
    what: "a VirtualDestination of nobody selects pods where the namespace is owned in that cluster only",
    adds: virtual({ ...HIDDEN, services: pods("archive", "west") }),
    finds: [at("MW0630", "VirtualDestination", "services[0].namespace")],
  },
  {
    kind: "objects in a team's namespace",
    what: "an ExternalService of nobody lies there",
    adds: external({ ...HIDDEN, namespace: "books" }),
    finds: [at("MW0630", "ExternalService", "namespace")],
  },
  {
    kind: "objects in a team's namespace",
    what: "an ExternalService of a team lies there",
    adds: external({ namespace: "books" }),
    finds: [at("MW0601", "ExternalService", "namespace")],
  },
  {
    kind: "objects in a team's namespace",
    what: "a VirtualGateway of nobody lies there",
    adds: gateway({ ...NOBODY, namespace: "books" }),
    finds: [at("MW0630", "VirtualGateway", "namespace")],
  },
];

const probe = (virtualGateways: readonly string[]) => ({
  activeHealthCheckPolicies: {
    probe: { virtualGateways, healthCheck: { httpHealthCheck: { path: "/" } } },
  },
});
const OTHERS: readonly Attempt[] = [
  {
    kind: "proxies of a team",
    what: "a gateway's labels choose the operators' proxies in another namespace",
    adds: gateway({ workloads: { labels: { istio: "ingressgateway", app: "web" } } }),
    // and theirs choose the team's
    finds: [at("MW0636", "VirtualGateway", "workloads.labels"), "MW0636 VirtualGateway/web workloads.labels"],
  },
  {
    kind: "proxies of a team",
    what: "a gateway with fewer labels chooses them too",
    adds: gateway({ workloads: { labels: { istio: "ingressgateway" } } }),
    finds: [at("MW0636", "VirtualGateway", "workloads.labels")],
  },
  {
    kind: "proxies of a team",
    what: "a gateway of nobody does",
    adds: gateway({ ...NOBODY, namespace: "misc", workloads: { labels: { app: "web" } } }),
    finds: [at("MW0636", "VirtualGateway", "workloads.labels")],
  },
  {
    kind: "proxies of a team",
    what: "a gateway's labels choose the east-west gateway",
    adds: gateway({ workloads: { labels: { istio: "eastwestgateway" } } }),
    finds: [at("MW0636", "VirtualGateway", "workloads.labels")],
  },
  {
    kind: "proxies of a team",
    what: "the labels of a gateway of nobody do",
    adds: gateway({ ...NOBODY, namespace: "misc", workloads: { labels: { istio: "eastwestgateway" } } }),
    finds: [at("MW0636", "VirtualGateway", "workloads.labels")],
  },
  {
    kind: "settings",
    what: "second settings for another team's workspace share everything",
    adds: { workspaceSettings: { intruder: { workspace: "team-books", exportTo: [{ workspaces: ["team-shop"] }] } } },
    finds: [at("MW0637", "WorkspaceSettings", "workspace"), "MW0637 WorkspaceSettings/of-books workspace"],
  },
  {
    kind: "settings",
    what: "a second workspace owns another team's namespace",
    adds: {
      workspaces: {
        intruder: { fleet: "prod", workloadClusters: [{ name: "west", namespaces: [{ name: "books" }] }] },
      },
    },
    finds: [at("MW0606", "Workspace", "workloadClusters")],
  },
  {
    kind: "probes",
    what: "a gateway of the operators that takes no tables of the team probes for it",
    adds: virtual(
      { policies: ["probe"] },
      {
        ...probe(["closed"]),
        virtualGateways: {
          closed: {
            fleet: "prod",
            workspace: "team-platform",
            namespace: "gateways",
            workloads: { labels: { app: "closed" } },
            listeners: [{ port: 80, allowedRouteTables: [{ host: "*", workspaces: ["team-books"] }] }],
          },
        },
      },
    ),
    finds: [at("MW0640", "VirtualDestination", "policies[0]")],
  },
];

/** A workspace of a fleet elsewhere says that it owns the namespace. */
const ALIEN: ModelArgs = {
  fleets: { elsewhere: { clusters: [{ name: "south" }] } },
  workspaces: { alien: { fleet: "elsewhere", workloadClusters: [{ namespaces: [{ name: "books" }] }] } },
};
const alien = { workspace: "alien" };
const OF_ANOTHER_FLEET: readonly Attempt[] = [
  ["ExternalService", external({ ...alien, namespace: "books" })] as const,
  ["VirtualDestination", virtual({ ...alien, services: pods("books") })] as const,
  ["VirtualGateway", gateway({ ...alien, namespace: "books" })] as const,
  ["TrimProxyConfigPolicy", trim("books", alien)] as const,
  ["RouteTable", table({ ...alien, hosts: ["a.example"], sidecars: { namespaces: ["books"] } })] as const,
].map(([kind, adds]) => ({
  kind: "workspaces of another fleet",
  what: `a ${kind} of a workspace of another fleet that owns a namespace of the same name`,
  adds: together(ALIEN, adds),
  finds: [at("MW0645", kind, "workspace")],
}));

/** What destinations, gateways and workspaces do to others. */
export const REACHED_BY_DESTINATIONS: readonly Attempt[] = [...DESTINATIONS, ...OTHERS, ...OF_ANOTHER_FLEET];
