import type { ModelArgs } from "../models.js";
import { external, gateway, routed, table, trim, virtual } from "./lab.js";

/** A way in which somebody reaches over into what another team has, and what is found. */
export interface Attempt {
  readonly kind: string;
  readonly what: string;
  readonly adds: ModelArgs;
  /** The codes of all errors and what they are about. */
  readonly finds: readonly string[];
}

const NOBODY = { workspace: undefined };
const service = (name: string, namespace: string, cluster = "east") => ({
  service: { name, namespace, cluster },
  port: 80,
});
const pods = (namespace: string, cluster?: string) => [
  { namespace, labels: { app: "reviews" }, serviceAccounts: ["x"], ...(cluster && { cluster }) },
];
const at = (code: string, kind: string, path: string) => `${code} ${kind}/intruder ${path}`;

function hosts(what: string, make: typeof external, kind: string, names: readonly string[], code: string): Attempt[] {
  return names.map((host) => ({
    kind: what,
    what: `${kind} with the host ${host}`,
    adds: make({ hosts: [host] }),
    finds: [at(code, kind, "hosts[0]")],
  }));
}

const KUBERNETES_HOSTS = [
  ...hosts(
    "Kubernetes names",
    external,
    "ExternalService",
    [
      "reviews.books.svc.cluster.local",
      "Reviews.Books.SVC.Cluster.Local",
      "reviews.books.svc.k8s.west.example",
      "reviews.books.svc",
      "reviews.books.svc.cluster",
      "reviews.books",
      "REVIEWS.Books",
      "*.books.svc.cluster.local",
      "*.books.svc",
      "*.books",
      "*.svc.cluster.local",
      "*.svc",
      "*.cluster.local",
      "*.local",
      "*.west.example",
      "*.reviews.books.svc.cluster.local",
      "reviews-0.reviews.books.svc.cluster.local",
      "10-0-0-7.books.pod.cluster.local",
      "reviews.books.svc.clusterset.local",
      "reviews.archive",
      "api.net",
      "kubernetes.default.svc.cluster.local",
      "kubernetes.default",
      "istiod.istio-system.svc",
      "istiod.istio-system",
      "web.gateways",
      "reviews.global.west.meshway.internal",
    ],
    "MW0631",
  ),
  ...hosts(
    "Kubernetes names",
    virtual,
    "VirtualDestination",
    ["reviews.books", "reviews.books.svc", "reviews.books.svc.clusterset.local", "kubernetes.default"],
    "MW0631",
  ),
  {
    kind: "Kubernetes names",
    what: "an ExternalService of nobody with the host reviews.books",
    adds: external({ ...NOBODY, namespace: "misc", hosts: ["reviews.books"] }),
    finds: [at("MW0631", "ExternalService", "hosts[0]")],
  },
];

const TEAM_HOSTS: readonly Attempt[] = [
  ...hosts("hosts of a team", external, "ExternalService", ["*.global", "*.books.corp", "*.corp"], "MW0632"),
  {
    kind: "hosts of a team",
    what: "an ExternalService for own callers only with the host of another team's virtual destination",
    adds: external({ hosts: ["Ledger.Books.corp"], exportTo: ["shop"] }),
    finds: [at("MW0632", "ExternalService", "hosts[0]")],
  },
  {
    kind: "hosts of a team",
    what: "a VirtualDestination for own callers only with the host of another team's",
    adds: virtual({ hosts: ["ledger.books.corp"], exportTo: ["shop"] }),
    // each is told about the other: nothing says which was first
    finds: [at("MW0632", "VirtualDestination", "hosts[0]"), "MW0632 VirtualDestination/vd-ledger hosts[0]"],
  },
  {
    kind: "hosts of a team",
    what: "a wildcard of nobody over another team's external service",
    adds: external({ ...NOBODY, namespace: "misc", hosts: ["*.payments.example"] }),
    finds: [at("MW0632", "ExternalService", "hosts[0]")],
  },
  {
    kind: "hosts of a team",
    what: "an endpoint that is the host of another team's virtual destination",
    adds: external({ endpoints: [{ address: "ledger.books.corp" }] }),
    finds: [at("MW0632", "ExternalService", "endpoints[0].address")],
  },
  {
    kind: "hosts of a team",
    what: "a VirtualDestination for everybody",
    adds: virtual({ exportTo: ["*"] }),
    finds: [at("MW0638", "VirtualDestination", "exportTo")],
  },
  {
    kind: "hosts of a team",
    what: "an ExternalService for everybody, at endpoints of the team",
    adds: external({ hosts: ["api.stripe.com"], endpoints: [{ address: "192.0.2.7" }], exportTo: ["*"] }),
    finds: [at("MW0638", "ExternalService", "exportTo")],
  },
];

const ENDPOINTS: readonly Attempt[] = [
  "127.0.0.1",
  "127.8.9.10",
  "0.0.0.0",
  "0.1.2.3",
  "169.254.169.254",
  "169.254.170.2",
  "169.254.1.1",
  "100.100.100.200",
  "168.63.129.16",
  "224.0.0.1",
  "255.255.255.255",
  "::1",
  "0:0:0:0:0:0:0:1",
  "::",
  "fe80::1",
  "FE80:0::1",
  "fd00:ec2::254",
  "ff02::1",
  "::ffff:127.0.0.1",
  "::ffff:7f00:1",
  "::ffff:a9fe:a9fe",
  "::127.0.0.1",
  "::ffff:0:127.0.0.1",
  "64:ff9b::169.254.169.254",
  "64:ff9b:1::7f00:1",
  "2002:7f00:1::",
  "0x7f000001",
  "0x7f.0x0.0x0.0x1",
  "0xA9FEA9FE",
  "localhost",
  "a.localhost",
  "metadata.google.internal",
  "203.0.113.10",
  "::ffff:203.0.113.10",
  "Door.West.Example",
  "reviews.books.svc.cluster.local",
  "reviews.books.svc",
  "reviews.books",
  "reviews-0.reviews.books",
  "reviews",
  "kubernetes.default",
].map((address) => ({
  kind: "endpoints inside",
  what: `an endpoint ${address}`,
  adds: external({ endpoints: [{ address }] }),
  finds: [at("MW0633", "ExternalService", "endpoints[0].address")],
}));

const MORE_ENDPOINTS: readonly Attempt[] = [
  {
    kind: "endpoints inside",
    what: "a host without endpoints that resolves to a metadata server",
    adds: external({ hosts: ["metadata.google.internal"] }),
    finds: [at("MW0633", "ExternalService", "hosts[0]")],
  },
  {
    kind: "endpoints inside",
    what: "a host without endpoints that is an east-west gateway",
    adds: external({ hosts: ["door.west.example"] }),
    finds: [at("MW0633", "ExternalService", "hosts[0]")],
  },
];

const OUTSIDE = { endpoints: [{ address: "192.0.2.9" }] };
const NOBODYS = { ...NOBODY, ...OUTSIDE, namespace: "misc" };
const ADDRESSES: readonly Attempt[] = [
  ...["10.0.0.0/8", "10.96.0.1", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7", "0.0.0.0/0", "::/0"],
  ...["8.0.0.0/6", "127.0.0.0/8", "169.254.169.254", "::ffff:10.0.0.0/104", "::ffff:0:0/96", "2002:a00::/24"],
].map((address) => ({
  kind: "addresses inside",
  what: `nobody takes ${address} from everybody`,
  adds: external({ ...NOBODYS, addresses: [address] }),
  finds: [
    at("MW0634", "ExternalService", "addresses[0]"),
    ...(holdsPayments(address) ? [at("MW0635", "ExternalService", "addresses[0]")] : []),
  ],
}));

/** Whether a range holds those of the external service of the lab, too. */
function holdsPayments(address: string): boolean {
  return ["0.0.0.0/0", "::/0", "::ffff:0:0/96"].includes(address);
}

const MORE_ADDRESSES: readonly Attempt[] = [
  {
    kind: "addresses inside",
    what: "a team takes private addresses from callers of another team, by name",
    adds: external({ ...OUTSIDE, exportTo: ["shop", "books"], addresses: ["10.0.0.0/8"] }),
    finds: [at("MW0634", "ExternalService", "addresses[0]")],
  },
  {
    kind: "addresses inside",
    what: "a team takes private addresses from everybody",
    adds: external({ ...OUTSIDE, exportTo: ["*"], addresses: ["10.1.2.3"] }),
    finds: [at("MW0634", "ExternalService", "addresses[0]"), at("MW0638", "ExternalService", "exportTo")],
  },
  {
    kind: "addresses of a team",
    what: "nobody takes an address of another team's external service from everybody",
    adds: external({ ...NOBODYS, addresses: ["198.51.100.20"] }),
    finds: [at("MW0635", "ExternalService", "addresses[0]")],
  },
  {
    kind: "addresses of a team",
    what: "a team takes a range around it, in the mapped form, from that team's callers",
    adds: external({ ...OUTSIDE, exportTo: ["books"], addresses: ["::ffff:198.51.100.0/120"] }),
    finds: [at("MW0635", "ExternalService", "addresses[0]")],
  },
];

const TABLES: readonly Attempt[] = [
  {
    kind: "namespaces of a team",
    what: "a table of nobody routes to a Service",
    adds: routed(service("reviews", "books"), NOBODY),
    finds: [at("MW0630", "RouteTable", "http[0].forwardTo.destinations[0].service")],
  },
  {
    kind: "namespaces of a team",
    what: "a table of nobody routes to a Service that its team exports to others",
    adds: routed(service("open", "books", "west"), NOBODY),
    finds: [at("MW0630", "RouteTable", "http[0].forwardTo.destinations[0].service")],
  },
  {
    kind: "namespaces of a team",
    what: "a table of nobody has a Service as its default",
    adds: table({
      ...NOBODY,
      defaultDestination: service("reviews", "books"),
      http: [{ name: "all", forwardTo: {} }],
    }),
    finds: [at("MW0630", "RouteTable", "defaultDestination.service")],
  },
  {
    kind: "namespaces of a team",
    what: "a table of nobody copies requests to a Service",
    adds: routed(
      service("cart", "misc"),
      { ...NOBODY, policies: ["mirror"] },
      { mirrorPolicies: { mirror: { destination: service("reviews", "books"), percentage: 100 } } },
    ),
    finds: ["MW0630 MirrorPolicy/mirror destination.service"],
  },
  {
    kind: "namespaces of a team",
    what: "a table of nobody routes to a virtual destination that says no workspace",
    adds: routed({ virtualDestination: "loose" }, NOBODY, looseDestination()),
    finds: [
      at("MW0630", "RouteTable", "http[0].forwardTo.destinations[0].virtualDestination"),
      "MW0630 VirtualDestination/loose services[0].namespace",
    ],
  },
  {
    kind: "namespaces of a team",
    what: "a table of a team routes to a virtual destination that says no workspace",
    adds: routed({ virtualDestination: "loose" }, {}, looseDestination()),
    finds: [
      at("MW0630", "RouteTable", "http[0].forwardTo.destinations[0].virtualDestination"),
      "MW0630 VirtualDestination/loose services[0].namespace",
    ],
  },
  {
    kind: "not shared",
    what: "a table of a team routes to a Service that is not exported to it",
    adds: routed(service("reviews", "books")),
    finds: [at("MW0602", "RouteTable", "http[0].forwardTo.destinations[0].service")],
  },
  {
    kind: "not shared",
    what: "a table of nobody routes to a virtual destination that is exported to others",
    adds: routed({ virtualDestination: "vd-reviews" }, NOBODY),
    finds: [at("MW0602", "RouteTable", "http[0].forwardTo.destinations[0].virtualDestination")],
  },
  {
    kind: "sidecars of a team",
    what: "a table of nobody steers sidecars",
    adds: table({
      ...NOBODY,
      hosts: ["reviews.global"],
      virtualGateways: undefined,
      sidecars: { namespaces: ["books"] },
    }),
    finds: [at("MW0630", "RouteTable", "sidecars.namespaces[0]")],
  },
  {
    kind: "sidecars of a team",
    what: "a table of a team steers sidecars of another one besides its own",
    adds: table({ hosts: ["reviews.global"], sidecars: { namespaces: ["shop", "books"] } }),
    finds: [at("MW0601", "RouteTable", "sidecars.namespaces[1]")],
  },
  {
    kind: "sidecars of a team",
    what: "a table of nobody steers some sidecars of a namespace that is owned in one cluster",
    adds: table({
      ...NOBODY,
      hosts: ["reviews.global"],
      virtualGateways: undefined,
      sidecars: { namespaces: ["archive"], labels: { app: "x" } },
    }),
    finds: [at("MW0630", "RouteTable", "sidecars.namespaces[0]")],
  },
  {
    kind: "sidecars of a team",
    what: "a policy of nobody trims sidecars",
    adds: trim("books", NOBODY),
    finds: [at("MW0630", "TrimProxyConfigPolicy", "workloads.namespace")],
  },
  {
    kind: "sidecars of a team",
    what: "a policy of a team trims sidecars of another one",
    adds: trim("books"),
    finds: [at("MW0601", "TrimProxyConfigPolicy", "workloads.namespace")],
  },
  {
    kind: "namespaces of a team",
    what: "routes of nobody are written in a team's namespace",
    adds: table({ ...NOBODY, namespace: "books" }),
    finds: [at("MW0630", "RouteTable", "namespace")],
  },
  {
    kind: "namespaces of a team",
    what: "routes of a team are written in another one's namespace",
    adds: table({ namespace: "books" }),
    finds: [at("MW0601", "RouteTable", "namespace")],
  },
];

function looseDestination(): ModelArgs {
  const hosts = ["loose.example.org"];
  const ports = [{ number: 80, protocol: "HTTP" }];
  return { virtualDestinations: { loose: { fleet: "prod", hosts, services: pods("books"), ports } } };
}

const access = { accessPolicies: { shut: { authzList: [{ allowedPaths: ["/none"] }] } } };
const DESTINATIONS: readonly Attempt[] = [
  {
    kind: "pods of a team",
    what: "a VirtualDestination of nobody selects pods",
    adds: virtual({ ...NOBODY, services: pods("books") }),
    finds: [at("MW0630", "VirtualDestination", "services[0].namespace")],
  },
  {
    kind: "pods of a team",
    what: "a VirtualDestination of nobody puts an AccessPolicy on pods",
    adds: virtual({ ...NOBODY, services: pods("books"), policies: ["shut"] }, access),
    finds: [at("MW0630", "VirtualDestination", "services[0].namespace")],
  },
  ...[
    { connectionPolicies: { shut: { http: { maxRequestsPerConnection: 1 } } } },
    { outlierDetectionPolicies: { shut: { consecutiveErrors: 1 } } },
  ].map((policies) => ({
    kind: "pods of a team",
    what: `a VirtualDestination of nobody puts ${Object.keys(policies)[0]} on pods`,
    adds: virtual({ ...NOBODY, services: pods("books"), policies: ["shut"] }, policies as ModelArgs),
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
    adds: virtual({ ...NOBODY, services: pods("archive", "west") }),
    finds: [at("MW0630", "VirtualDestination", "services[0].namespace")],
  },
  {
    kind: "objects in a team's namespace",
    what: "an ExternalService of nobody lies there",
    adds: external({ ...NOBODY, namespace: "books" }),
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

/** Every way that was thought of, by kind. */
export const ATTEMPTS: readonly Attempt[] = [
  ...KUBERNETES_HOSTS,
  ...TEAM_HOSTS,
  ...ENDPOINTS,
  ...MORE_ENDPOINTS,
  ...ADDRESSES,
  ...MORE_ADDRESSES,
  ...TABLES,
  ...DESTINATIONS,
  ...OTHERS,
];
