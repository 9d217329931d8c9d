import type { ModelArgs } from "../models.js";
import { external, gateway, LAB, routed, table, together, trim, virtual } from "./lab.js";

/** Something that touches nobody else, or that is shared or consented to. */
interface Accepted {
  readonly what: string;
  readonly adds: ModelArgs;
}

const OUTSIDE = { endpoints: [{ address: "192.0.2.9" }] };
const nobodys = { workspace: undefined, namespace: "misc" };

/** The lab with consent of the operators for one team. */
function consenting(mayClaim: object, adds: ModelArgs): ModelArgs {
  const shop = { ...LAB.workspaces?.["team-shop"], mayClaim };
  return together(adds, { workspaces: { "team-shop": shop } });
}

/** The lab with consent of the operators for everybody. */
function allowing(mayClaim: object, adds: ModelArgs): ModelArgs {
  return together(adds, { fleets: { prod: { ...LAB.fleets?.["prod"], mayClaim } } });
}

const HOSTS = [
  "api.example.com",
  "*.example.com",
  "api.stripe.com",
  "shop.io",
  "cart.shop",
  "cart.shop.svc",
  "a.b.net",
];
const ADDRESSES = [
  "192.0.2.1",
  "10.1.2.3",
  "172.16.0.9",
  "8.8.8.8",
  "2001:db8::1",
  "fd12::7",
  "db.example.org",
  "cart.shop",
];

/** What must not be refused. */
export const ACCEPTED: readonly Accepted[] = [
  ...HOSTS.map((host) => ({ what: `the host ${host}`, adds: external({ hosts: [host] }) })),
  ...ADDRESSES.map((address) => ({ what: `an endpoint ${address}`, adds: external({ endpoints: [{ address }] }) })),
  {
    what: "a host that another team has for itself as well",
    adds: external({ hosts: ["api.payments.example"], exportTo: ["shop"] }),
  },
  { what: "private addresses for own callers", adds: external({ ...OUTSIDE, addresses: ["10.0.0.0/8"] }) },
  { what: "public addresses of nobody", adds: external({ ...nobodys, ...OUTSIDE, addresses: ["192.0.2.0/24"] }) },
  {
    what: "private addresses of nobody in a namespace of nobody",
    adds: external({ ...nobodys, ...OUTSIDE, addresses: ["10.0.0.0/8"], exportTo: ["misc"] }),
  },
  { what: "a destination for two namespaces of others by name", adds: virtual({ exportTo: ["shop", "gateways"] }) },
  { what: "own sidecars", adds: table({ hosts: ["cart.global"], sidecars: { namespaces: ["shop"] } }) },
  { what: "own trimmed sidecars", adds: trim("shop") },
  {
    what: "a gateway with a label of its own",
    adds: gateway({ workloads: { labels: { istio: "ingressgateway", app: "x" } } }),
  },
  { what: "a shared destination", adds: routed({ virtualDestination: "vd-reviews" }) },
  {
    what: "a shared Service",
    adds: routed({ service: { name: "open", namespace: "books", cluster: "east" }, port: 80 }),
  },
  {
    what: "routes to a namespace of nobody",
    adds: routed({ service: { name: "x", namespace: "misc", cluster: "east" }, port: 80 }, { workspace: undefined }),
  },
  {
    what: "a destination of nobody elsewhere",
    adds: virtual({
      workspace: undefined,
      services: [{ namespace: "misc", labels: { app: "x" }, serviceAccounts: ["x"] }],
    }),
  },
  {
    what: "a Kubernetes name with consent",
    adds: consenting({ hosts: ["*.books"] }, external({ hosts: ["reviews.books"] })),
  },
  {
    what: "a Kubernetes name of a namespace with consent",
    adds: consenting({ namespaces: ["books"] }, external({ hosts: ["reviews.books.svc"] })),
  },
  {
    what: "a wildcard over others with consent",
    adds: consenting({ hosts: ["*.global"] }, external({ hosts: ["*.global"] })),
  },
  {
    what: "loopback with consent",
    adds: consenting({ addresses: ["127.0.0.0/8"] }, external({ endpoints: [{ address: "127.0.0.1" }] })),
  },
  { what: "everybody's callers with consent", adds: allowing({ hosts: ["*.global"] }, virtual({ exportTo: ["*"] })) },
  {
    what: "private addresses for everybody with consent",
    adds: allowing({ addresses: ["10.0.0.0/8"] }, external({ ...nobodys, ...OUTSIDE, addresses: ["10.2.0.0/16"] })),
  },
  {
    what: "another team's pods with consent",
    adds: consenting(
      { namespaces: ["books"] },
      virtual({ services: [{ namespace: "books", labels: { app: "x" }, serviceAccounts: ["x"] }] }),
    ),
  },
  {
    what: "another team's Service with consent",
    adds: consenting(
      { namespaces: ["books"] },
      routed({ service: { name: "x", namespace: "books", cluster: "east" }, port: 80 }),
    ),
  },
  {
    what: "sidecars of everybody with consent",
    adds: allowing(
      { namespaces: ["books"] },
      table({ workspace: undefined, hosts: ["reviews.global"], sidecars: { namespaces: ["books"] } }),
    ),
  },
];
