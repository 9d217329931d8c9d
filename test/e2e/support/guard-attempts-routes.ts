/** VirtualServices that people try to write. */
import { type Pair, pair, updates } from "./guard-attempt.js";
import { olderVirtualService, to, virtualService } from "./guard-objects.js";
import { alice } from "./guard-users.js";

const HERE = { exportTo: ["."] };
const mesh = (spec: object) => virtualService("shop", { ...HERE, ...spec });
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
      refused: virtualService("shop", { hosts: ["cart.shop.global"], exportTo: ["books", "unlisted"] }),
      allowed: virtualService("shop", { hosts: ["cart.shop.global"], exportTo: ["books", "shop-tools"] }),
    },
    /exported to unlisted/,
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
