/** Where endpoints are said to lie, and which proxies policies are said to be for. */
import { creates, type Pair, pair } from "./guard-attempt.js";
import {
  authorizationPolicy,
  destinationRule,
  peerAuthentication,
  requestAuthentication,
  serviceEntry,
  sidecar,
  telemetry,
  workloadEntry,
  workloadGroup,
} from "./guard-objects.js";
import { alice, opal, owen } from "./guard-users.js";

const NETWORK = "topology.istio.io/network";
const TLS = "security.istio.io/tlsMode";
const MUTUAL = { [TLS]: "istio" };
/** The east-west gateway of the other cluster. */
const WEST = "203.0.113.20";

const at = (endpoint: object, more: object = {}) =>
  serviceEntry("shop", {
    hosts: ["cart.shop.global"],
    resolution: "STATIC",
    endpoints: [{ address: "203.0.113.7", ...endpoint }],
    ...more,
  });
const internal = (endpoint: object) => at(endpoint, { location: "MESH_INTERNAL" });
const machine = (more: object) => workloadEntry("shop", { address: "203.0.113.7", ...more });
const group = (template: object) => workloadGroup("shop", { template });

const PLACE = /is a gateway between clusters or on another network, or its label security\.istio\.io\/tlsMode/;

export const places: readonly Pair[] = [
  pair("another network", alice, { refused: at({ network: "west" }), allowed: at({ network: "east" }) }, PLACE),
  pair(
    "another network, by a label",
    alice,
    { refused: at({ labels: { [NETWORK]: "west" } }), allowed: at({ labels: { [NETWORK]: "east" } }) },
    PLACE,
  ),
  pair(
    "no mutual TLS",
    alice,
    { refused: at({ labels: { [TLS]: "disabled" } }), allowed: at({ labels: MUTUAL }) },
    PLACE,
  ),
  pair(
    "a machine on another network",
    alice,
    { refused: machine({ network: "west" }), allowed: machine({ network: "east" }) },
    PLACE,
  ),
  pair(
    "a machine without mutual TLS",
    alice,
    { refused: machine({ labels: { [TLS]: "disabled" } }), allowed: machine({ labels: { app: "cart" } }) },
    PLACE,
  ),
  pair(
    "machines that register themselves, on another network",
    alice,
    { refused: group({ network: "west" }), allowed: group({ network: "east" }) },
    PLACE,
  ),
  pair(
    "machines that register themselves, without mutual TLS",
    alice,
    { refused: group({ labels: { [TLS]: "disabled" } }), allowed: group({ labels: MUTUAL }) },
    PLACE,
  ),
  pair(
    "a gateway between clusters, as an address like others",
    alice,
    {
      refused: internal({ address: WEST }),
      allowed: internal({ address: WEST, network: "west", labels: MUTUAL }),
    },
    PLACE,
  ),
  pair(
    "a gateway between clusters, from outside of the mesh",
    alice,
    {
      refused: at({ address: WEST, network: "west", labels: MUTUAL }),
      allowed: internal({ address: WEST, network: "west", labels: { ...MUTUAL, version: "v1" } }),
    },
    PLACE,
  ),
  pair(
    "a gateway between clusters, on another network",
    alice,
    {
      refused: internal({ address: WEST, network: "east", labels: MUTUAL }),
      allowed: internal({ address: "203.0.113.21", network: "east", labels: MUTUAL }),
    },
    PLACE,
  ),
  pair(
    "a gateway between clusters, in a form of IPv6",
    alice,
    {
      refused: internal({ address: "64:ff9b::cb00:7114" }),
      allowed: internal({ address: "64:ff9b::cb00:7115" }),
    },
    PLACE,
  ),
  pair(
    "a machine that is a gateway between clusters",
    alice,
    {
      refused: machine({ address: WEST, network: "west", labels: MUTUAL }),
      allowed: machine({ address: "203.0.113.21", labels: MUTUAL }),
    },
    PLACE,
  ),
];

const SNI = /server name .* leads to a host that is not of workspace shop nor used by it/;
const rule = (sni: string) =>
  destinationRule("shop", { host: "cart.shop.global", trafficPolicy: { tls: { mode: "ISTIO_MUTUAL", sni } } });
const atPort = (sni: string) =>
  destinationRule("shop", {
    host: "cart.shop.global",
    trafficPolicy: { portLevelSettings: [{ port: { number: 80 }, tls: { mode: "ISTIO_MUTUAL", sni } }] },
  });

export const serverNames: readonly Pair[] = [
  pair(
    "another team's Service behind a gateway between clusters",
    alice,
    {
      refused: rule("outbound_.80_._.reviews.books.svc.cluster.local"),
      allowed: rule("outbound_.80_._.frontend.shop.svc.cluster.local"),
    },
    SNI,
  ),
  pair(
    "the same at a port",
    alice,
    {
      refused: atPort("outbound_.80_.v1_.catalog.books.global"),
      allowed: atPort("outbound_.80_.v1_.cart.shop.global"),
    },
    SNI,
  ),
  pair(
    "the same in capitals",
    alice,
    { refused: rule("OUTBOUND_.80_._.Reviews.Books.svc.cluster.local"), allowed: rule("api.payments.example") },
    SNI,
  ),
  pair(
    "another team's Service",
    alice,
    { refused: rule("reviews.books.svc.cluster.local"), allowed: rule("frontend.shop.svc.cluster.local") },
    SNI,
  ),
];

const TARGETS = /it is for a class of gateways, in every namespace/;
const gatewayClass = { targetRefs: [{ group: "gateway.networking.k8s.io", kind: "GatewayClass", name: "istio" }] };
const beside = { targetRefs: [{ group: "gateway.networking.k8s.io", kind: "Gateway", name: "web" }] };
const forAll = (namespaced: (namespace: string) => ReturnType<typeof sidecar>, about: string): Pair => ({
  about,
  refused: creates(owen, namespaced("istio-system")),
  says: /in namespace istio-system of workspace mesh is for all of the mesh/,
  allowed: creates(opal, namespaced("istio-system")),
});

export const targets: readonly Pair[] = [
  pair(
    "all gateways of a class",
    alice,
    { refused: authorizationPolicy("shop", gatewayClass), allowed: authorizationPolicy("shop", beside) },
    TARGETS,
  ),
  pair(
    "all gateways of a class, by the older field",
    alice,
    {
      refused: telemetry("shop", { targetRef: gatewayClass.targetRefs[0] }),
      allowed: telemetry("shop", { targetRef: beside.targetRefs[0] }),
    },
    TARGETS,
  ),
  forAll((namespace) => authorizationPolicy(namespace, {}), "access to everything"),
  forAll((namespace) => peerAuthentication(namespace, {}), "mutual TLS of everything"),
  forAll((namespace) => requestAuthentication(namespace, {}), "tokens of everything"),
  forAll((namespace) => telemetry(namespace, {}), "telemetry of everything"),
  forAll((namespace) => sidecar(namespace, {}), "what all callers see"),
  {
    about: "what is for all of the mesh, beside what is not",
    refused: creates(owen, authorizationPolicy("istio-system", { selector: { matchLabels: { app: "cart" } } })),
    says: /is for all of the mesh/,
    allowed: creates(owen, serviceEntry("istio-system", { hosts: ["status.mesh.global"] })),
  },
];

const toBooks = { exportTo: ["books"] };
const toGateways = { exportTo: ["gateways", "istio-system", "shop"] };
const named = (host: string, more: object = {}) => serviceEntry("shop", { hosts: [host], ...more });

export const privateHosts: readonly Pair[] = [
  pair(
    "own hosts, for gateways",
    alice,
    {
      refused: named("reviews.books.global", toGateways),
      allowed: named("cart.shop.global", toGateways),
    },
    /declares host reviews\.books\.global/,
  ),
  pair(
    "addresses that only gateways and own callers see",
    alice,
    {
      refused: named("cart.shop.global", { exportTo: ["gateways", "books"], addresses: ["10.96.0.9"] }),
      allowed: named("cart.shop.global", { exportTo: ["gateways"], addresses: ["10.96.0.9"] }),
    },
    /address 10\.96\.0\.9 is/,
  ),
  pair(
    "the host of another team's pods in one cluster",
    alice,
    {
      refused: named("catalog.books.global.east.meshway.internal", toGateways),
      allowed: named("cart.shop.global.east.meshway.internal", toGateways),
    },
    /declares host catalog\.books\.global\.east\.meshway\.internal/,
  ),
  pair(
    "the host of a cluster that is none",
    alice,
    {
      refused: named("cart.shop.global.north.meshway.internal", toGateways),
      allowed: named("cart.shop.global.west.meshway.internal", toGateways),
    },
    /declares host cart\.shop\.global\.north\.meshway\.internal/,
  ),
  pair(
    "a Service of another cluster that is another team's",
    alice,
    {
      refused: named("reviews.books.port-80.west.table.meshway.internal"),
      allowed: named("reviews.shop.port-80.west.table.meshway.internal"),
    },
    /declares host reviews\.books\.port-80\.west\.table\.meshway\.internal/,
  ),
  pair(
    "a Service of a namespace that is the team's in another cluster only",
    alice,
    {
      refused: named("reviews.shop-tools.port-80.west.table.meshway.internal"),
      allowed: named("reviews.shop-tools.port-80.east.table.meshway.internal"),
    },
    /declares host reviews\.shop-tools/,
  ),
  pair(
    "a Service of another cluster, for others",
    alice,
    {
      refused: named("reviews.shop.port-80.west.table.meshway.internal", toBooks),
      allowed: named("cart.shop.global", toBooks),
    },
    /declares host reviews\.shop\.port-80/,
  ),
];
