import type { ModelArgs } from "../models.js";
import { external, gateway, LAB, routed, table, together, trim, virtual } from "./lab.js";
import { theirTable } from "./reached-by-routes.js";

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

/** The lab with these entries in the listener of the gateway that teams share. */
function giving(...allowedRouteTables: readonly object[]): ModelArgs {
  const web = { ...LAB.virtualGateways?.["web"], listeners: [{ port: 80, allowedRouteTables }] };
  return { virtualGateways: { web } };
}

const HOSTS = ["api.example.com", "*.example.com", "api.stripe.com", "shop.io", "cart.shop", "cart.shop.svc"];
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
  {
    what: "a host at endpoints, which DNS is not asked for, though it could complete it",
    adds: external({ ...OUTSIDE, hosts: ["a.b.net"] }),
  },
  ...ADDRESSES.map((address) => ({ what: `an endpoint ${address}`, adds: external({ endpoints: [{ address }] }) })),
  {
    what: "a host that another team has for itself as well",
    adds: external({ hosts: ["api.payments.example"], exportTo: ["shop"] }),
  },
  { what: "private addresses for own callers", adds: external({ ...OUTSIDE, addresses: ["10.0.0.0/8"] }) },
  {
    what: "public addresses of nobody, with consent to its host",
    adds: allowing({ hosts: ["es.example.org"] }, external({ ...nobodys, ...OUTSIDE, addresses: ["192.0.2.0/24"] })),
  },
  {
    what: "ordinary hosts of nobody for callers of nobody, and for gateways that teams share",
    adds: external({ ...nobodys, ...OUTSIDE, hosts: ["api.stripe.com"], exportTo: ["misc", "gateways"] }),
  },
  {
    what: "ordinary hosts of nobody for one team, with consent to reach its namespace",
    adds: allowing(
      { namespaces: ["books"] },
      external({ ...nobodys, ...OUTSIDE, hosts: ["api.stripe.com"], exportTo: ["books"] }),
    ),
  },
  {
    what: "labels of one's own, and that of the mesh's mutual TLS",
    adds: external({
      endpoints: [{ address: "192.0.2.9", labels: { version: "v1", "security.istio.io/tlsMode": "istio" } }],
    }),
  },
  {
    what: "a label that names a network, at an address that the operators consent to",
    adds: consenting(
      { addresses: ["192.0.2.9"] },
      external({ endpoints: [{ address: "192.0.2.9", labels: { "topology.istio.io/network": "west" } }] }),
    ),
  },
  {
    what: "an ordinary server name, and that of an own Service",
    adds: external({
      ports: ["db.example.org", "cart.shop.svc.cluster.local"].map((sni, index) => ({
        number: 80 + index,
        protocol: "HTTP",
        clientsideTls: { sni },
      })),
    }),
  },
  {
    what: "a host under a wildcard of the gateway's own team",
    adds: together(
      {
        routeTables: {
          fallback: { ...table({ workspace: "team-platform", hosts: ["*.example.com"] }).routeTables?.["intruder"] },
        },
      },
      table({ hosts: ["shop.example.com"] }),
    ),
  },
  {
    what: "a host under another team's wildcard that a listener gives to the team",
    adds: together(
      theirTable("*.example.com"),
      giving(
        { host: "*.example.com", workspaces: ["team-books"] },
        { host: "shop.example.com", workspaces: ["team-shop"] },
      ),
      table({ hosts: ["shop.example.com"] }),
    ),
  },
  {
    what: "a host under another team's wildcard with consent",
    adds: consenting(
      { hosts: ["shop.example.com"] },
      together(theirTable("*.example.com"), table({ hosts: ["shop.example.com"] })),
    ),
  },
  {
    what: "a host under a wildcard of the same team",
    adds: together(
      { routeTables: { own: { ...table({ hosts: ["*.shop.example.com"] }).routeTables?.["intruder"] } } },
      table({ hosts: ["www.shop.example.com"] }),
    ),
  },
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
      exportTo: ["misc"],
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
    adds: allowing(
      { addresses: ["10.0.0.0/8"], hosts: ["*.example.org"] },
      external({ ...nobodys, ...OUTSIDE, addresses: ["10.2.0.0/16"] }),
    ),
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
