/** VirtualServices of a gateway, and objects beside it, that people try to write. */
import { creates, deletes, type Pair, pair, updates } from "./guard-attempt.js";
import { envoyFilter, sidecar, to, virtualService } from "./guard-objects.js";
import { alice, bob, carol, gwen } from "./guard-users.js";

const manyHosts = (last: string) => [...Array.from({ length: 300 }, (_, index) => `h${index}.shop.example.com`), last];

const web = (host: string, gateways = ["gateways/web"]) => virtualService("shop", { hosts: [host], gateways });

const atWeb = (spec: object) =>
  virtualService("shop", { hosts: ["tls.shop.example.com"], gateways: ["gateways/web"], ...spec });

export const gatewayRoutes: readonly Pair[] = [
  pair(
    "another team's host",
    alice,
    { refused: web("books.example.com"), allowed: web("cart.shop.example.com") },
    /host books\.example\.com of VirtualGateway web is not for user alice, expected a host that/,
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
    "another team's server name",
    alice,
    {
      refused: atWeb({ http: [], tls: [{ match: [{ sniHosts: ["books.example.com"] }], ...to("frontend") }] }),
      allowed: atWeb({ http: [], tls: [{ match: [{ sniHosts: ["tls.shop.example.com"] }], ...to("frontend") }] }),
    },
    /a route in `tls` has a server name that `hosts` does not cover/,
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
    /is for VirtualGateway web only, expected|is a guest of workspace platform|directs calls of host cart/,
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
    says: /writes in namespace gateways of workspace platform|the kind EnvoyFilter in namespace gateways of/,
    allowed: creates(gwen, envoyFilter("gateways", {})),
  },
  {
    about: "what only a team's own namespace may have",
    refused: creates(carol, sidecar("gateways", {})),
    says: /writes in namespace gateways of workspace platform|the kind Sidecar in namespace gateways of/,
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
