import { type Attempt, at, HIDDEN, NOBODY } from "./attempt.js";
import { external, virtual } from "./lab.js";

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
    adds: external({ ...HIDDEN, namespace: "misc", hosts: ["reviews.books"] }),
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
    finds: [at("MW0638", "ExternalService", ""), at("MW0632", "ExternalService", "hosts[0]")],
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

const OUTSIDE = { endpoints: [{ address: "192.0.2.9" }] };
const NOBODYS = { ...NOBODY, namespace: "misc", ...OUTSIDE };
const misc = [{ namespace: "misc", labels: { app: "x" }, serviceAccounts: ["x"] }];
const DATABASE = { ports: [{ number: 5432, protocol: "TCP" }], hosts: ["db.example.org"] };
const OF_EVERYBODY: readonly Attempt[] = [
  ...[
    { what: "ordinary hosts", fields: { hosts: ["api.stripe.com"] } },
    { what: "ordinary hosts, in so many words", fields: { hosts: ["api.stripe.com"], exportTo: ["*"] } },
    { what: "a wildcard", fields: { hosts: ["*.com"] } },
    { what: "a port of connections", fields: DATABASE },
  ].map(({ what, fields }) => ({
    kind: "hosts of everybody",
    what: `an ExternalService of nobody takes ${what} from everybody`,
    adds: external({ ...NOBODYS, ...fields }),
    finds: [at("MW0638", "ExternalService", "exportTo" in fields ? "exportTo" : "")],
  })),
  {
    kind: "hosts of everybody",
    what: "an ExternalService of nobody takes them from one team, by name",
    adds: external({ ...NOBODYS, hosts: ["api.stripe.com"], exportTo: ["misc", "books"] }),
    finds: [at("MW0641", "ExternalService", "exportTo[1]")],
  },
  {
    kind: "hosts of everybody",
    what: "a VirtualDestination of nobody takes ordinary hosts from everybody",
    adds: virtual({ ...NOBODY, services: misc, hosts: ["api.stripe.com"] }),
    finds: [at("MW0638", "VirtualDestination", "")],
  },
  {
    kind: "hosts of everybody",
    what: "a VirtualDestination of nobody takes them from one team, in the cluster where it has the namespace",
    adds: virtual({ ...NOBODY, services: misc, hosts: ["api.stripe.com"], exportTo: ["archive"] }),
    finds: [at("MW0641", "VirtualDestination", "exportTo[0]")],
  },
];

const RESOLVED: readonly Attempt[] = [
  "reviews-0.reviews.books",
  "10-0-0-7.books.pod",
  "127-0-0-1.shop.pod",
  "127-0-0-1.shop.pod.cluster.local",
  "istiod-0.istiod.istio-system",
].map((host) => ({
  kind: "Kubernetes names",
  what: `an ExternalService that leads where DNS says, which completes ${host}`,
  adds: external({ hosts: [host] }),
  finds: [at("MW0631", "ExternalService", "hosts[0]")],
}));

/** Hosts that others have. */
export const CLAIMED_NAMES: readonly Attempt[] = [...KUBERNETES_HOSTS, ...RESOLVED, ...TEAM_HOSTS, ...OF_EVERYBODY];
