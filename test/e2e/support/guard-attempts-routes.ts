/** VirtualServices that people try to write. */
import { creates, deletes, pair, updates } from "./guard-attempt.js";
import type { Pair } from "./guard-attempts.js";
import { envoyFilter, olderVirtualService, sidecar, to, virtualService } from "./guard-objects.js";
import { alice, bob, carol, gwen } from "./guard-users.js";

const HERE = { exportTo: ["."] };
const mesh = (spec: object) => virtualService("shop", { ...HERE, ...spec });
const manyHosts = (last: string) => [...Array.from({ length: 300 }, (_, index) => `h${index}.shop.example.com`), last];
const manyRoutes = (last: string) => [
  ...Array.from({ length: 300 }, (_, index) => ({ name: `r${index}`, ...to(`s${index}.shop.svc.cluster.local`) })),
  { name: "last", ...to(last) },
];

export const meshRoutes: readonly Pair[] = [
  pair(
    "a Service of another team",
    alice,
    {
      refused: mesh({ hosts: ["reviews.books.svc.cluster.local"] }),
      allowed: mesh({ hosts: ["frontend.shop.svc.cluster.local"] }),
    },
    /directs calls of host reviews\.books\.svc\.cluster\.local, expected hosts of workspace shop .* ask the operators/,
  ),
  pair(
    "its name without the domain",
    alice,
    { refused: mesh({ hosts: ["reviews.books.svc"] }), allowed: mesh({ hosts: ["frontend.shop.svc"] }) },
    /host reviews\.books\.svc,/,
  ),
  pair(
    "its name as pods may call it",
    alice,
    { refused: mesh({ hosts: ["reviews.books"] }), allowed: mesh({ hosts: ["frontend.shop"] }) },
    /host reviews\.books,/,
  ),
  pair(
    "capitals",
    alice,
    {
      refused: mesh({ hosts: ["Reviews.Books.svc.cluster.local"] }),
      allowed: mesh({ hosts: ["Frontend.Shop.svc.cluster.local"] }),
    },
    /host reviews\.books\.svc\.cluster\.local,/,
  ),
  pair(
    "a wildcard over others",
    alice,
    { refused: mesh({ hosts: ["*.global"] }), allowed: mesh({ hosts: ["*.shop.global"] }) },
    /host \*\.global,/,
  ),
  pair("every host", alice, { refused: mesh({ hosts: ["*"] }), allowed: mesh({ hosts: ["frontend"] }) }, /host \*,/),
  pair(
    "the second of two hosts",
    alice,
    {
      refused: mesh({ hosts: ["cart.shop.global", "catalog.books.global"] }),
      allowed: mesh({ hosts: ["cart.shop.global", "list.shop.global"] }),
    },
    /host catalog\.books\.global,/,
  ),
  pair(
    "a host of others for callers of others",
    alice,
    {
      refused: virtualService("shop", { hosts: ["reviews.books.global"], exportTo: ["books"] }),
      allowed: mesh({ hosts: ["reviews.books.global"] }),
    },
    /host reviews\.books\.global, .* or with `exportTo` "\." also reviews\.books\.global/,
  ),
  pair(
    "callers everywhere, by leaving `exportTo` out",
    alice,
    {
      refused: virtualService("shop", { hosts: ["cart.shop.global"] }),
      allowed: mesh({ hosts: ["cart.shop.global"] }),
    },
    /exported to \* \(no `exportTo` means \*\)/,
  ),
  pair(
    "callers of a namespace that is not given",
    alice,
    {
      refused: virtualService("shop", { hosts: ["cart.shop.global"], exportTo: ["books", "istio-system"] }),
      allowed: virtualService("shop", { hosts: ["cart.shop.global"], exportTo: ["books", "shop-tools"] }),
    },
    /exported to istio-system/,
  ),
  pair(
    "the mesh beside a gateway",
    alice,
    {
      refused: mesh({ hosts: ["cart.shop.example.com"], gateways: ["gateways/web", "mesh"] }),
      allowed: mesh({ hosts: ["cart.shop.example.com"], gateways: ["gateways/web"] }),
    },
    /directs calls of host cart\.shop\.example\.com/,
  ),
  pair(
    "the mesh in a match",
    alice,
    {
      refused: mesh({
        hosts: ["cart.shop.example.com"],
        gateways: ["gateways/web"],
        http: [{ match: [{ gateways: ["mesh"] }], ...to("frontend") }],
      }),
      allowed: mesh({
        hosts: ["cart.shop.example.com"],
        gateways: ["gateways/web"],
        http: [{ match: [{ gateways: ["gateways/web"] }], ...to("frontend") }],
      }),
    },
    /directs calls of host cart\.shop\.example\.com/,
  ),
  pair(
    "an older version of the API",
    alice,
    {
      refused: olderVirtualService("shop", { ...HERE, hosts: ["reviews.books.svc.cluster.local"] }),
      allowed: olderVirtualService("shop", { ...HERE, hosts: ["frontend.shop.svc.cluster.local"] }),
    },
    /host reviews\.books\.svc\.cluster\.local,/,
  ),
  pair(
    "a route to another team's Service",
    alice,
    {
      refused: mesh({ hosts: ["frontend"], http: [to("reviews.books.svc.cluster.local")] }),
      allowed: mesh({ hosts: ["frontend"], http: [to("reviews.books.global")] }),
    },
    /leads to host reviews\.books\.svc\.cluster\.local/,
  ),
  pair(
    "a copy of requests to another team's Service",
    alice,
    {
      refused: mesh({
        hosts: ["frontend"],
        http: [{ ...to("frontend"), mirrors: [{ destination: { host: "reviews.books" } }] }],
      }),
      allowed: mesh({
        hosts: ["frontend"],
        http: [{ ...to("frontend"), mirrors: [{ destination: { host: "audit.shop" } }] }],
      }),
    },
    /leads to host reviews\.books/,
  ),
  pair(
    "connections to another team's Service",
    alice,
    {
      refused: mesh({ hosts: ["frontend"], http: [], tcp: [to("reviews.books.svc")] }),
      allowed: mesh({ hosts: ["frontend"], http: [], tcp: [to("reviews.shop.svc")] }),
    },
    /leads to host reviews\.books\.svc/,
  ),
  pair(
    "TLS to another team's Service",
    alice,
    {
      refused: mesh({
        hosts: ["frontend"],
        http: [],
        tls: [{ match: [{ sniHosts: ["frontend"] }], ...to("reviews.books.svc") }],
      }),
      allowed: mesh({
        hosts: ["frontend"],
        http: [],
        tls: [{ match: [{ sniHosts: ["frontend"] }], ...to("reviews.shop.svc") }],
      }),
    },
    /leads to host reviews\.books\.svc/,
  ),
  pair(
    "the last of hundreds of routes",
    alice,
    {
      refused: mesh({ hosts: ["frontend"], http: manyRoutes("reviews.books.svc.cluster.local") }),
      allowed: mesh({ hosts: ["frontend"], http: manyRoutes("frontend.shop.svc.cluster.local") }),
    },
    /leads to host reviews\.books\.svc\.cluster\.local/,
  ),
  pair(
    "routes of another team, by delegation",
    alice,
    {
      refused: mesh({ hosts: ["frontend"], http: [{ delegate: { name: "reviews", namespace: "books" } }] }),
      allowed: mesh({ hosts: ["frontend"], http: [{ delegate: { name: "reviews", namespace: "shop" } }] }),
    },
    /delegates to a VirtualService that is not of workspace shop, expected one in shop, shop-tools/,
  ),
  {
    about: "a change to another team's host",
    refused: updates(alice, mesh({ hosts: ["cart.shop.global"] }), {
      spec: { ...HERE, hosts: ["catalog.books.global"], http: [to("frontend")] },
    }),
    says: /host catalog\.books\.global,/,
    allowed: updates(alice, mesh({ hosts: ["cart.shop.global"] }), {
      spec: { ...HERE, hosts: ["list.shop.global"], http: [to("frontend")] },
    }),
  },
];

const web = (host: string, gateways = ["gateways/web"]) => virtualService("shop", { hosts: [host], gateways });

export const gatewayRoutes: readonly Pair[] = [
  pair(
    "another team's host",
    alice,
    { refused: web("books.example.com"), allowed: web("cart.shop.example.com") },
    /host books\.example\.com of VirtualGateway web is not for user alice, expected a host that `allowedRouteTables` gives/,
  ),
  pair(
    "a team's host by another one",
    bob,
    {
      refused: virtualService("books", { hosts: ["cart.shop.example.com"], gateways: ["gateways/web"] }),
      allowed: virtualService("books", { hosts: ["books.example.com"], gateways: ["gateways/web"] }),
    },
    /host cart\.shop\.example\.com of VirtualGateway web is not for user bob/,
  ),
  pair(
    "a host that nobody has",
    alice,
    { refused: web("admin.example.com"), allowed: web("status.example.com") },
    /host admin\.example\.com/,
  ),
  pair(
    "a wider wildcard",
    alice,
    { refused: web("*.example.com"), allowed: web("*.shop.example.com") },
    /host \*\.example\.com/,
  ),
  pair("every host", alice, { refused: web("*"), allowed: web("www.example.com") }, /host \* of VirtualGateway web/),
  pair(
    "the gateway by its older name",
    alice,
    {
      refused: web("books.example.com", ["web.gateways.svc.cluster.local"]),
      allowed: web("list.shop.example.com", ["web.gateways.svc.cluster.local"]),
    },
    /host books\.example\.com/,
  ),
  pair(
    "the gateway in a match",
    alice,
    {
      refused: virtualService("shop", {
        hosts: ["books.example.com"],
        gateways: ["shop/own"],
        http: [{ match: [{ gateways: ["gateways/web"] }], ...to("frontend") }],
      }),
      allowed: virtualService("shop", {
        hosts: ["books.example.com"],
        gateways: ["shop/own"],
        http: [{ match: [{ gateways: ["shop/own"] }], ...to("frontend") }],
      }),
    },
    /host books\.example\.com/,
  ),
  pair(
    "the last of hundreds of hosts",
    alice,
    {
      refused: virtualService("shop", { hosts: manyHosts("books.example.com"), gateways: ["gateways/web"] }),
      allowed: virtualService("shop", { hosts: manyHosts("www.example.com"), gateways: ["gateways/web"] }),
    },
    /host books\.example\.com/,
  ),
  pair(
    "an east-west gateway",
    alice,
    {
      refused: web("cart.shop.global", ["istio-system/prod--east-west"]),
      allowed: web("cart.shop.global", ["./own"]),
    },
    /bound to a gateway in namespace istio-system/,
  ),
  {
    about: "a change to another team's host",
    refused: updates(alice, web("a.shop.example.com"), {
      spec: { hosts: ["books.example.com"], gateways: ["gateways/web"], http: [to("frontend")] },
    }),
    says: /host books\.example\.com/,
    allowed: updates(alice, web("b.shop.example.com"), {
      spec: { hosts: ["c.shop.example.com"], gateways: ["gateways/web"], http: [to("frontend")] },
    }),
  },
];

const FROM_GATEWAY = [to("frontend.shop.svc.cluster.local")];
const beside = (host: string, more: object = {}, set = "none") =>
  virtualService("gateways", { hosts: [host], gateways: ["web"], http: FROM_GATEWAY, ...more }, { labels: { set } });

export const besideTheGateway: readonly Pair[] = [
  pair(
    "routes for the mesh",
    carol,
    {
      refused: beside("cart.shop.example.com", { gateways: ["web", "mesh"] }),
      allowed: beside("cart.shop.example.com"),
    },
    /is for VirtualGateway web only, expected `gateways: |is a guest of workspace platform and directs calls/,
  ),
  pair(
    "routes of another gateway",
    carol,
    { refused: beside("cart.shop.example.com", { gateways: ["other"] }), allowed: beside("list.shop.example.com") },
    /is for VirtualGateway web only/,
  ),
  pair(
    "routes to another team's Service",
    carol,
    {
      refused: beside("cart.shop.example.com", { http: [to("reviews.books.svc.cluster.local")] }),
      allowed: beside("cart.shop.example.com", { http: [to("reviews.books.global")] }),
    },
    /leads to host reviews\.books\.svc\.cluster\.local, which is neither of nor used by a workspace of user carol/,
  ),
  pair(
    "routes of another team, by delegation",
    carol,
    {
      refused: beside("cart.shop.example.com", { http: [{ delegate: { name: "reviews", namespace: "books" } }] }),
      allowed: beside("cart.shop.example.com"),
    },
    /delegates to a VirtualService that is not the team's own, expected no `delegate`/,
  ),
  pair(
    "routes to a Service beside the gateway, by its short name",
    carol,
    { refused: beside("cart.shop.example.com", { http: [to("frontend")] }), allowed: beside("cart.shop.example.com") },
    /leads to host frontend,/,
  ),
  {
    about: "a filter, but by the gateway's owner",
    refused: creates(carol, envoyFilter("gateways", {})),
    says: /writes in namespace gateways of workspace platform|a EnvoyFilter in namespace gateways of VirtualGateway web is for/,
    allowed: creates(gwen, envoyFilter("gateways", {})),
  },
  {
    about: "what only a team's own namespace may have",
    refused: creates(carol, sidecar("gateways", {})),
    says: /writes in namespace gateways of workspace platform|a Sidecar in namespace gateways .* expected a VirtualService/,
    allowed: creates(alice, sidecar("shop", {})),
  },
  {
    about: "a change of another team's routes",
    refused: updates(carol, beside("books.example.com"), {
      spec: { hosts: ["cart.shop.example.com"], gateways: ["web"], http: FROM_GATEWAY },
    }),
    says: /it serves host books\.example\.com of VirtualGateway web, which is not for user carol/,
    allowed: updates(carol, beside("cart.shop.example.com"), {
      spec: { hosts: ["list.shop.example.com"], gateways: ["web"], http: FROM_GATEWAY },
    }),
  },
  {
    about: "the removal of another team's routes",
    refused: deletes(carol, beside("books.example.com")),
    says: /it serves host books\.example\.com/,
    allowed: deletes(carol, beside("cart.shop.example.com")),
  },
  {
    about: "the removal of routes of no team",
    refused: deletes(carol, beside("cart.shop.example.com", { gateways: ["other"] })),
    says: /is not bound to VirtualGateway web alone, and so is the operators'/,
    allowed: deletes(gwen, beside("cart.shop.example.com", { gateways: ["other"] })),
  },
  {
    about: "the removal of many at once",
    refused: { ...deletes(carol, beside("books.example.com", {}, "theirs")), does: "deleteSet" },
    says: /it serves host books\.example\.com/,
    allowed: { ...deletes(carol, beside("cart.shop.example.com", {}, "ours")), does: "deleteSet" },
  },
];
