/** VirtualServices that people bind to listeners of a gateway, which give their hosts to different teams. */
import { deletes, type Pair, pair, updates } from "./guard-attempt.js";
import { to, virtualService } from "./guard-objects.js";
import { alice, carol } from "./guard-users.js";

const NONE = { http: [] };
const web = (host: string, routes: object) =>
  virtualService("shop", { hosts: [host], gateways: ["gateways/web"], ...routes });
const http = (...ports: readonly number[]) => ({
  http: [{ ...(ports.length > 0 && { match: ports.map((port) => ({ port })) }), ...to("frontend") }],
});
const tcp = (...ports: readonly number[]) => ({
  ...NONE,
  tcp: [{ ...(ports.length > 0 && { match: ports.map((port) => ({ port })) }), ...to("frontend") }],
});
const tls = (host: string) => ({ ...NONE, tls: [{ match: [{ sniHosts: [host] }], ...to("frontend") }] });
const SAYS = (host: string) =>
  new RegExp(`host ${host.replaceAll(".", "\\.")} of VirtualGateway web is not for user alice`);

export const listeners: readonly Pair[] = [
  pair(
    "requests for a host that only connections may have",
    alice,
    { refused: web("any.example.org", http()), allowed: web("any.example.org", tcp()) },
    SAYS("any.example.org"),
  ),
  pair(
    "the same beside connections",
    alice,
    {
      refused: web("any.example.org", { ...tcp(), ...http() }),
      allowed: web("list.shop.example.com", { ...tcp(), ...http() }),
    },
    SAYS("any.example.org"),
  ),
  pair(
    "requests for a host of server names only",
    alice,
    { refused: web("vault.example.com", http(8443)), allowed: web("cart.shop.example.com", http(8443)) },
    SAYS("vault.example.com"),
  ),
  pair(
    "another team's server name",
    alice,
    {
      refused: web("vault.example.com", tls("vault.example.com")),
      allowed: web("tls.shop.example.com", tls("tls.shop.example.com")),
    },
    SAYS("vault.example.com"),
  ),
  pair(
    "server names of a host that only requests may have",
    alice,
    {
      refused: web("partners.example.com", tls("partners.example.com")),
      allowed: web("partners.example.com", http()),
    },
    SAYS("partners.example.com"),
  ),
  pair(
    "a host that another listener gives to others",
    alice,
    { refused: web("both.example.com", http()), allowed: web("both.example.com", http(8080)) },
    SAYS("both.example.com"),
  ),
  pair(
    "the same by one match without a port",
    alice,
    {
      refused: web("both.example.com", {
        http: [{ match: [{ port: 8080 }, { uri: { prefix: "/" } }], ...to("frontend") }],
      }),
      allowed: web("both.example.com", {
        http: [{ match: [{ port: 8080 }, { port: 8080, uri: { prefix: "/" } }], ...to("frontend") }],
      }),
    },
    SAYS("both.example.com"),
  ),
  pair(
    "the same by another route",
    alice,
    {
      refused: web("both.example.com", { http: [...http(8080).http, ...http(8080, 8081).http] }),
      allowed: web("both.example.com", { http: [...http(8080).http, ...http(80, 8080).http] }),
    },
    SAYS("both.example.com"),
  ),
  pair(
    "the port as proxies bind it",
    alice,
    { refused: web("narrow.all.example.com", http(18080)), allowed: web("narrow.all.example.com", http(8081)) },
    SAYS("narrow.all.example.com"),
  ),
  pair(
    "a wildcard over a host that another listener gives to others",
    alice,
    { refused: web("*.all.example.com", http()), allowed: web("*.all.example.com", http(8081)) },
    /host \*\.all\.example\.com of VirtualGateway web is not/,
  ),
  pair(
    "a host that is there only to be redirected",
    alice,
    { refused: web("other.example.com", http(8082)), allowed: web("www.example.com", http(8082)) },
    SAYS("other.example.com"),
  ),
  pair(
    "a name of very many labels",
    alice,
    {
      refused: web(`${"a.".repeat(14)}shop.example.com`, http()),
      allowed: web(`${"a.".repeat(13)}shop.example.com`, http()),
    },
    /of VirtualGateway web is not for user alice/,
  ),
  {
    about: "the removal of another team's routes beside a listener for everybody",
    refused: deletes(carol, beside("both.example.com", http(8081))),
    says: /it serves host both\.example\.com/,
    allowed: deletes(carol, beside("both.example.com", http(8080))),
  },
  {
    about: "a change of another team's routes beside a listener for everybody",
    refused: updates(carol, beside("both.example.com", http(8081)), {
      spec: { hosts: ["both.example.com"], gateways: ["web"], ...fromGateway(http(8080)) },
    }),
    says: /it serves host both\.example\.com/,
    allowed: updates(carol, beside("both.example.com", http(8080)), {
      spec: { hosts: ["both.example.com"], gateways: ["web"], ...fromGateway(http(80, 8080)) },
    }),
  },
];

/** Routes to the full name, as the gateway's namespace knows it. */
function fromGateway({ http }: { readonly http: readonly object[] }) {
  return { http: http.map((route) => ({ ...route, ...to("frontend.shop.svc.cluster.local") })) };
}

function beside(host: string, routes: { readonly http: readonly object[] }) {
  return virtualService("gateways", { hosts: [host], gateways: ["web"], ...fromGateway(routes) });
}
