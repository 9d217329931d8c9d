import * as meshway from "meshway";

const fleet = new meshway.Fleet("prod", {
  clusters: [
    {
      name: "east",
      context: "east",
      trustDomain: "east.example.com",
      locality: { region: "us-east-1" },
      eastWestGateway: { addresses: ["203.0.113.10"] },
    },
    {
      name: "west",
      context: "west",
      trustDomain: "west.example.com",
      locality: { region: "us-west-2" },
      eastWestGateway: { addresses: ["203.0.113.20"] },
    },
  ],
});

// Two gateways: a public one, and an internal one in east, where a Service in front of its proxies maps port 80 to
// 8080.
const web = new meshway.VirtualGateway("web", {
  fleet,
  namespace: "gateways",
  workloads: { labels: { istio: "ingressgateway" } },
  listeners: [{ port: 80 }, { port: 8000 }],
});
const internal = new meshway.VirtualGateway("internal", {
  fleet,
  namespace: "gateways",
  workloads: { labels: { istio: "internalgateway" } },
  clusters: ["east"],
  listeners: [{ port: 80, targetPort: 8080 }],
});

// One hostname with a port for each protocol, and two versions.
const catalog = new meshway.VirtualDestination("catalog", {
  fleet,
  hosts: ["catalog.global"],
  services: [{ namespace: "shop", labels: { app: "catalog" }, serviceAccounts: ["catalog"] }],
  ports: [
    { number: 80, protocol: "HTTP", targetPort: 8080 },
    { number: 9000, protocol: "GRPC", targetPort: 9090 },
    { number: 7000, protocol: "TCP", targetPort: 7070 },
  ],
  subsets: [
    { labels: { version: "v1" }, clusters: ["east"] },
    { labels: { version: "v2" }, clusters: ["west"] },
  ],
});

// Pods without sidecars: their cluster's east-west gateway terminates the mutual TLS.
const legacy = new meshway.VirtualDestination("legacy", {
  fleet,
  hosts: ["legacy.global"],
  services: [{ namespace: "shop", labels: { app: "legacy" } }],
  ports: [{ number: 80, protocol: "HTTP", targetPort: 8080 }],
  clientMode: { tlsTermination: {} },
});

// Services outside of the fleet, at addresses of their own. Callers use plaintext for `partner`, and the gateway
// originates TLS.
const archive = new meshway.ExternalService("archive", {
  fleet,
  namespace: "gateways",
  hosts: ["archive.example.net"],
  ports: [{ number: 80, protocol: "HTTP" }],
  endpoints: [{ address: "203.0.113.40", ports: { "http-80": 8080 } }],
});
const partner = new meshway.ExternalService("partner", {
  fleet,
  namespace: "gateways",
  hosts: ["partner.example.net"],
  // only gateways can read the Secret: sidecars would send plaintext
  exportTo: ["gateways"],
  ports: [{ number: 80, protocol: "HTTP", targetPort: 8443, clientsideTls: { credentialName: "partner-ca" } }],
  endpoints: [{ address: "203.0.113.40" }],
});

// Every way to match a request; the response is the name of the matched route.
const answer = (name: string, ...matchers: meshway.HttpMatcherArgs[]): meshway.HttpRouteArgs => ({
  name,
  matchers,
  directResponse: { status: 200, body: name },
});
new meshway.RouteTable("matching", {
  fleet,
  hosts: ["match.example.com"],
  virtualGateways: [web, internal],
  http: [
    answer("exact", { uri: { exact: "/exact" } }),
    answer("exact-in-any-case", { uri: { exact: "/Any/Case", ignoreCase: true } }),
    answer("regex", { uri: { regex: "/items/[0-9]+" } }),
    answer("regex-in-any-case", { uri: { regex: "(?i)/colou?r" } }),
    answer("long-prefix", { uri: { prefix: "/prefix/long" } }),
    answer("prefix", { uri: { prefix: "/prefix" } }),
    answer("prefix-in-any-case", { uri: { prefix: "/Mixed", ignoreCase: true } }),
    answer("header-value", { uri: { exact: "/header" }, headers: [{ name: "x-user", value: "ann" }] }),
    answer("header-regex", { uri: { exact: "/header" }, headers: [{ name: "x-user", value: "b.*", regex: true }] }),
    answer("header-present", { uri: { exact: "/header" }, headers: [{ name: "x-user" }] }),
    answer("header-absent", { uri: { exact: "/header" }, headers: [{ name: "x-user", invertMatch: true }] }),
    answer("not-in-beta", {
      uri: { exact: "/stage" },
      headers: [{ name: "x-stage", value: "beta", invertMatch: true }],
    }),
    answer("neither-a-nor-b", {
      uri: { exact: "/stage" },
      headers: [{ name: "x-ring", value: "[ab]", regex: true, invertMatch: true }],
    }),
    answer("query-value", { uri: { exact: "/query" }, queryParameters: [{ name: "page", value: "1" }] }),
    answer("query-regex", {
      uri: { exact: "/query" },
      queryParameters: [{ name: "page", value: "[2-9]", regex: true }],
    }),
    answer("query-present", { uri: { exact: "/query" }, queryParameters: [{ name: "page" }] }),
    answer("method", { uri: { exact: "/method" }, method: "DELETE" }),
    answer("port", { uri: { exact: "/port" }, port: 8000 }),
    answer("internal-port", { uri: { exact: "/port" }, headers: [{ name: "x-door", value: "internal" }], port: 80 }),
    answer("all-at-once", {
      uri: { prefix: "/all" },
      method: "POST",
      headers: [{ name: "x-user" }, { name: "x-bot", invertMatch: true }],
      queryParameters: [{ name: "a", value: "1" }, { name: "b" }],
    }),
    answer("one-of-several", { uri: { exact: "/one" } }, { uri: { exact: "/two" }, method: "PUT" }),
  ],
});

// Every way to forward, redirect and respond.
const toCatalog = { virtualDestination: catalog, port: 80 };
new meshway.RouteTable("actions", {
  fleet,
  hosts: ["shop.example.com"],
  virtualGateways: [web],
  defaultDestination: toCatalog,
  http: [
    {
      name: "split",
      matchers: [{ uri: { prefix: "/split" } }],
      forwardTo: {
        destinations: [
          { ...toCatalog, subset: { version: "v1" }, weight: 75 },
          { ...toCatalog, subset: { version: "v2" }, weight: 25 },
        ],
      },
    },
    {
      name: "newest",
      matchers: [{ uri: { prefix: "/newest" } }],
      forwardTo: { destinations: [{ ...toCatalog, subset: { version: "v2" } }] },
    },
    {
      name: "grpc",
      matchers: [{ uri: { prefix: "/meshway.Echo/" } }],
      forwardTo: { destinations: [{ virtualDestination: catalog, port: 9000 }] },
    },
    {
      name: "rewrite-prefix",
      matchers: [{ uri: { prefix: "/old/" } }],
      forwardTo: { pathRewrite: "/new/" },
    },
    {
      name: "rewrite-exact",
      matchers: [{ uri: { exact: "/start" } }],
      forwardTo: { pathRewrite: "/welcome" },
    },
    {
      name: "rewrite-by-regex",
      matchers: [{ uri: { regex: "/users/[^/]+/orders" } }],
      forwardTo: { regexRewrite: { pattern: { regex: "/users/([^/]+)/orders" }, substitution: "/orders/\\1" } },
    },
    {
      name: "rewrite-host",
      matchers: [{ uri: { prefix: "/host" } }],
      forwardTo: { hostRewrite: "catalog.internal" },
    },
    {
      name: "host-of-destination",
      matchers: [{ uri: { prefix: "/auto-host" } }],
      forwardTo: { autoHostRewrite: true },
    },
    {
      name: "without-sidecars",
      matchers: [{ uri: { prefix: "/legacy" } }],
      forwardTo: { destinations: [{ virtualDestination: legacy }] },
    },
    {
      name: "outside",
      matchers: [{ uri: { prefix: "/archive" } }],
      forwardTo: { destinations: [{ externalService: archive }] },
    },
    {
      name: "outside-over-tls",
      matchers: [{ uri: { prefix: "/partner" } }],
      forwardTo: { destinations: [{ externalService: partner }], autoHostRewrite: true },
    },
    {
      name: "moved-host",
      matchers: [{ uri: { prefix: "/moved-host" } }],
      redirect: { hostRedirect: "new.example.com" },
    },
    {
      name: "found",
      matchers: [{ uri: { prefix: "/found" } }],
      redirect: { pathRedirect: "/here", responseCode: "FOUND" },
    },
    {
      name: "see-other",
      matchers: [{ uri: { prefix: "/see-other" } }],
      redirect: { hostRedirect: "new.example.com", pathRedirect: "/there", responseCode: "SEE_OTHER" },
    },
    {
      name: "temporary",
      matchers: [{ uri: { prefix: "/temporary" } }],
      redirect: { pathRedirect: "/for-now", responseCode: "TEMPORARY_REDIRECT" },
    },
    {
      name: "permanent",
      matchers: [{ uri: { prefix: "/permanent" } }],
      redirect: { pathRedirect: "/for-ever", responseCode: "PERMANENT_REDIRECT" },
    },
    { name: "gone", matchers: [{ uri: { prefix: "/gone" } }], directResponse: { status: 410, body: "it is gone\n" } },
    { name: "empty", matchers: [{ uri: { prefix: "/empty" } }], directResponse: { status: 204 } },
    { name: "rest", forwardTo: {} },
  ],
});

// Teams behind one host. Their tables have neither hosts nor gateways: the host's table delegates paths to them, and
// one of them delegates further.
const admin = new meshway.RouteTable("admin", {
  fleet,
  http: [
    answer("status", { uri: { exact: "/status" } }),
    { name: "others", matchers: [{ method: "GET" }], forwardTo: { destinations: [toCatalog] } },
  ],
});
const items = new meshway.RouteTable("items", {
  fleet,
  defaultDestination: { ...toCatalog, subset: { version: "v2" } },
  http: [
    {
      name: "admin",
      matchers: [{ uri: { prefix: "/admin" }, headers: [{ name: "x-user", value: "ann" }] }],
      delegate: { routeTables: [admin] },
    },
    answer("number", { uri: { regex: "/[0-9]+|/first" } }),
    { name: "list", matchers: [{ uri: { prefix: "/list" } }], forwardTo: { pathRewrite: "/catalog" } },
  ],
});
const pages = new meshway.RouteTable("pages", {
  fleet,
  labels: { audience: "public" },
  http: [answer("any-page", { uri: { prefix: "/" } }), answer("long-page", { uri: { prefix: "/pages/long" } })],
});
const news = new meshway.RouteTable("news", {
  fleet,
  labels: { audience: "public" },
  weight: 10,
  http: [answer("news", { uri: { exact: "/pages/long/news" } }), answer("today", { uri: { prefix: "/pages" } })],
});
const drafts = new meshway.RouteTable("drafts", {
  fleet,
  weight: 100,
  http: [answer("draft", { uri: { exact: "/pages/1" } })],
});
const candidates = { routeTables: [drafts, pages, news], selector: { labels: { audience: "public" } } };
new meshway.RouteTable("teams", {
  fleet,
  hosts: ["teams.example.com"],
  virtualGateways: [web],
  http: [
    {
      name: "items",
      matchers: [{ uri: { prefix: "/items" } }, { uri: { prefix: "/v2/items" }, method: "GET" }],
      delegate: { routeTables: [items] },
    },
    {
      name: "drafts",
      matchers: [{ headers: [{ name: "x-user", value: "bob" }] }],
      delegate: { routeTables: [news, drafts] },
    },
    { name: "by-path", delegate: { ...candidates, sortMethod: "ROUTE_SPECIFICITY" } },
  ],
});

// Hosts that no other table serves.
new meshway.RouteTable("others", {
  fleet,
  hosts: ["*.example.com"],
  virtualGateways: [web],
  http: [{ name: "others", directResponse: { status: 200, body: "some other host" } }],
});
