import type { ModelArgs } from "../models.js";
import { type Attempt, at, NOBODY } from "./attempt.js";
import { routed, table, together, trim } from "./lab.js";

const service = (name: string, namespace: string, cluster = "east") => ({
  service: { name, namespace, cluster },
  port: 80,
});
const pods = (namespace: string, cluster?: string) => [
  { namespace, labels: { app: "reviews" }, serviceAccounts: ["x"], ...(cluster && { cluster }) },
];

/** A table of the other team at the gateway that both share. */
export function theirTable(host: string): ModelArgs {
  const theirs = table({ workspace: "of-books", hosts: [host] }).routeTables?.["intruder"];
  return { routeTables: { theirs: { ...theirs } } };
}

const UNDER_WILDCARDS: readonly Attempt[] = [
  { what: "a host of another team's wildcard", fields: { hosts: ["api.Books.example.com"] } },
  { what: "a host of nobody under it", fields: { ...NOBODY, hosts: ["api.books.example.com"] } },
  { what: "a narrower wildcard", fields: { hosts: ["*.api.books.example.com"] } },
].map(({ what, fields }) => ({
  kind: "hosts of a team's tables",
  what: `a table takes ${what}`,
  adds: together(theirTable("*.books.example.com"), table(fields)),
  finds: [at("MW0647", "RouteTable", "hosts[0]")],
}));

/** Nobody gave either of the hosts to anybody; told is whoever takes the narrower one. */
const OVER_OTHERS: Attempt = {
  kind: "hosts of a team's tables",
  what: "a table takes a wildcard over a host of another team's",
  adds: together(theirTable("www.books.example.com"), table({ hosts: ["*.example.com"] })),
  finds: ["MW0647 RouteTable/theirs hosts[0]"],
};

/** What tables, and policies of sidecars, do in namespaces of others. */
export const REACHED_BY_ROUTES: readonly Attempt[] = [
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
  ...UNDER_WILDCARDS,
  OVER_OTHERS,
];

function looseDestination(): ModelArgs {
  const hosts = ["loose.example.org"];
  const ports = [{ number: 80, protocol: "HTTP" }];
  return {
    virtualDestinations: { loose: { fleet: "prod", exportTo: ["gateways"], hosts, services: pods("books"), ports } },
  };
}
