/** Which kinds people try to write, where, and as whose. */
import { creates, deletes, type Pair, pair, updates } from "./guard-attempt.js";
import {
  apiGateway,
  authorizationPolicy,
  envoyFilter,
  gateway,
  peerAuthentication,
  proxyConfig,
  serviceEntry,
  sidecar,
  telemetry,
  trafficExtension,
  unknownKind,
  virtualService,
  wasmPlugin,
  workloadGroup,
} from "./guard-objects.js";
import { alice, bob, dave, eve, mallory, opal, pipeline } from "./guard-users.js";

export const kinds: readonly Pair[] = [
  pair(
    "a filter",
    alice,
    { refused: envoyFilter("shop", {}), allowed: sidecar("shop", {}) },
    /the kind EnvoyFilter in a namespace of workspace shop is for operators only: ask them to apply it/,
  ),
  pair(
    "a program in proxies",
    alice,
    { refused: wasmPlugin("shop", {}), allowed: telemetry("shop", {}) },
    /the kind WasmPlugin in a namespace of workspace shop is for operators only/,
  ),
  pair(
    "settings of proxies",
    alice,
    { refused: proxyConfig("shop", {}), allowed: authorizationPolicy("shop", {}) },
    /the kind ProxyConfig in a namespace of workspace shop is for operators only/,
  ),
  pair(
    "a program in proxies, by the newer kind",
    alice,
    { refused: trafficExtension("shop", {}), allowed: workloadGroup("shop", { template: {} }) },
    /the kind TrafficExtension in a namespace of workspace shop is for operators only/,
  ),
  {
    about: "a kind that nobody knows yet",
    refused: creates(alice, unknownKind("shop", {})),
    says: /the kind ProxyScript in a namespace of workspace shop is for operators only/,
    allowed: creates(opal, unknownKind("shop", {})),
  },
  {
    about: "a filter, but by an operator",
    refused: creates(alice, envoyFilter("shop", {})),
    says: /is for operators only/,
    allowed: creates(opal, envoyFilter("shop", {})),
  },
  {
    about: "a gateway, by a team that may have none",
    refused: creates(bob, gateway("books", { selector: { istio: "booksgateway" } })),
    says: /the kind Gateway in a namespace of workspace books is for operators only/,
    allowed: creates(alice, gateway("shop", { selector: { istio: "shopgateway" } })),
  },
  pair(
    "the gateway's proxies",
    alice,
    {
      refused: gateway("shop", { selector: { istio: "ingressgateway" } }),
      allowed: gateway("shop", { selector: { istio: "shop-ingressgateway" } }),
    },
    /selector may choose proxies of VirtualGateway web, expected another value of istio=ingressgateway/,
  ),
  pair(
    "the gateway's proxies by another label",
    alice,
    {
      refused: gateway("shop", { selector: { app: "istio-ingressgateway" } }),
      allowed: gateway("shop", { selector: { app: "istio-ingressgateway", istio: "shop" } }),
    },
    /selector may choose proxies of/,
  ),
  pair(
    "proxies of everybody",
    alice,
    { refused: gateway("shop", { selector: {} }), allowed: gateway("shop", { selector: { istio: "shop" } }) },
    /selector may choose proxies of/,
  ),
  pair(
    "the east-west gateway's proxies",
    alice,
    {
      refused: gateway("shop", { selector: { istio: "eastwestgateway" } }),
      allowed: gateway("shop", { selector: { istio: "shop-eastwestgateway" } }),
    },
    /selector may choose proxies of the east-west gateway in istio-system/,
  ),
];

export const apiGateways: readonly Pair[] = [
  pair(
    "the gateway's Service, by the Gateway API",
    alice,
    {
      refused: apiGateway("shop", { addresses: [{ type: "Hostname", value: "web.gateways.svc.cluster.local" }] }),
      allowed: apiGateway("shop", {}),
    },
    /address web\.gateways\.svc\.cluster\.local joins the proxies of that Service, expected no `addresses`/,
  ),
];

const own = (annotations: Readonly<Record<string, string>> = {}) =>
  serviceEntry("shop", { hosts: ["cart.shop.global"] }, { annotations });

export const whoAndWhere: readonly Pair[] = [
  {
    about: "somebody of no team, with rights in its namespace",
    refused: creates(eve, own()),
    says: /user eve writes in namespace shop of workspace shop, expected one of shop-team, system:/,
    allowed: creates(pipeline, own()),
  },
  {
    about: "a policy of access, by somebody of no team",
    refused: creates(eve, peerAuthentication("shop", {})),
    says: /user eve writes in namespace shop/,
    allowed: creates(alice, peerAuthentication("shop", {})),
  },
  {
    about: "a removal by somebody of no team",
    refused: deletes(eve, own()),
    says: /user eve writes in namespace shop/,
    allowed: deletes(pipeline, own()),
  },
  {
    about: "a change by somebody of no team",
    refused: updates(eve, own(), { metadata: { labels: { changed: "yes" } } }),
    says: /user eve writes in namespace shop/,
    allowed: updates(alice, own(), { metadata: { labels: { changed: "yes" } } }),
  },
  {
    about: "one of a team, with rights in a namespace that nobody lists",
    refused: creates(dave, sidecar("unlisted", {})),
    says: /user dave (of workspace shop )?writes in namespace unlisted/,
    allowed: creates(alice, sidecar("shop", {})),
  },
  {
    about: "somebody of no team, with rights in a namespace that nobody lists",
    refused: creates(mallory, virtualService("unlisted", { hosts: ["reviews.books.svc.cluster.local"] })),
    says: /user mallory writes in namespace unlisted, which no workspace of VirtualGateway web's guard owns/,
    allowed: creates(opal, virtualService("unlisted", { hosts: ["reviews.books.svc.cluster.local"] })),
  },
  {
    about: "the gateway, from a namespace that nobody lists",
    refused: creates(mallory, virtualService("unlisted", { hosts: ["books.example.com"], gateways: ["gateways/web"] })),
    says: /is forbidden: ValidatingAdmissionPolicy 'web--gateway-guard--/,
    allowed: creates(opal, virtualService("unlisted", { hosts: ["books.example.com"], gateways: ["gateways/web"] })),
  },
  {
    about: "the namespace of all of the mesh, which RBAC alone keeps",
    refused: creates(alice, sidecar("istio-system", {})),
    says: /User "alice" cannot create resource "sidecars"/,
    allowed: creates(opal, sidecar("istio-system", {})),
  },
  {
    about: "another team's namespace, which RBAC alone keeps",
    refused: creates(alice, serviceEntry("books", { hosts: ["catalog.books.global"] })),
    says: /User "alice" cannot create resource "serviceentries"/,
    allowed: creates(bob, serviceEntry("books", { hosts: ["catalog.books.global"] })),
  },
];

const STACK = "meshway.io/stack";
const URN = "meshway.io/urn";
const MINE = { [STACK]: "acme/shop/prod" };
const THEIRS = { [STACK]: "acme/books/prod" };
const inBooks = (stack: string) =>
  serviceEntry("books", { hosts: ["catalog.books.global"] }, { annotations: { [STACK]: stack } });

export const ownership: readonly Pair[] = [
  pair(
    "the name of another team's stack",
    alice,
    { refused: own(THEIRS), allowed: own(MINE) },
    /names stack acme\/books\/prod as its owner, which is not of workspace shop, expected one of acme\/shop\/prod/,
  ),
  pair(
    "the name of another stack's resource",
    alice,
    {
      refused: own({ ...MINE, [URN]: "urn:pulumi:prod::books::meshway:index:ExternalService::cart" }),
      allowed: own({ ...MINE, [URN]: "urn:pulumi:prod::shop::meshway:index:ExternalService::cart" }),
    },
    /names the resource urn:pulumi:prod::books::/,
  ),
  {
    about: "the removal of the operators' object",
    refused: deletes(alice, own({ [STACK]: "acme/platform/prod" })),
    says: /belongs to stack acme\/platform\/prod, which is not of workspace shop/,
    allowed: deletes(alice, own(MINE)),
  },
  {
    about: "an object that is taken from another stack",
    refused: updates(alice, own(THEIRS), { metadata: { annotations: MINE } }),
    says: /belongs to stack acme\/books\/prod/,
    allowed: updates(alice, own(), { metadata: { annotations: MINE } }),
  },
  {
    about: "an object that is given to another stack",
    refused: updates(alice, own(MINE), { metadata: { annotations: THEIRS } }),
    says: /names stack acme\/books\/prod as its owner/,
    allowed: updates(alice, own(MINE), { metadata: { annotations: { ...MINE, note: "changed" } } }),
  },
  {
    about: "an object that changes its stack, where the team names none",
    refused: updates(bob, inBooks("acme/books/prod"), { metadata: { annotations: { [STACK]: "acme/shop/prod" } } }),
    says: /belongs to stack acme\/books\/prod, and workspace books has no stacks that it could move to/,
    allowed: updates(bob, inBooks("acme/books/prod"), {
      metadata: { annotations: { [STACK]: "acme/books/prod", note: "changed" } },
    }),
  },
];
