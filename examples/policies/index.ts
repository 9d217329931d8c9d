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

// The operators' policy, for all requests of the gateway without a more specific policy of its kind.
const edge = new meshway.HeaderManipulationPolicy("edge", {
  setRequestHeaders: { "x-edge": "web" },
  removeResponseHeaders: ["x-powered-by"],
  appendResponseHeaders: { "x-served-by": "meshway" },
});
const web = new meshway.VirtualGateway("web", {
  fleet,
  namespace: "gateways",
  workloads: { labels: { istio: "ingressgateway" } },
  listeners: [{ port: 80, allowedRouteTables: [{ host: "*.example.com" }] }],
  policies: [edge],
});

const reviews = new meshway.VirtualDestination("reviews", {
  fleet,
  hosts: ["reviews.global"],
  services: [{ namespace: "shop", labels: { app: "reviews" }, serviceAccounts: ["reviews"] }],
  ports: [{ number: 80, protocol: "HTTP", targetPort: 9080 }],
});

/** A server of the shop that runs in one cluster. */
function server(name: string, ports: meshway.DestinationPortArgs[]): meshway.VirtualDestination {
  const services = [{ namespace: "shop", labels: { app: name }, cluster: "east", serviceAccounts: [name] }];
  return new meshway.VirtualDestination(name, { fleet, hosts: [`${name}.global`], services, ports });
}

// The app team's: one policy for all routes of the table with its label.
const patience = new meshway.RetryTimeoutPolicy("patience", {
  applyToRoutes: [{ route: { labels: { retries: "yes" } } }],
  retries: { attempts: 3, retryOn: "5xx", perTryTimeout: "1s" },
  requestTimeout: "5s",
});
const browsers = new meshway.CORSPolicy("browsers", {
  applyToRoutes: [{ route: { labels: { api: "yes" } } }],
  allowOrigins: [{ exact: "https://www.example.com" }, { regex: "https://[a-z]+\\.preview\\.example\\.com" }],
  allowMethods: ["GET", "DELETE"],
  allowHeaders: ["x-user"],
  exposeHeaders: ["x-served-by"],
  maxAge: "10m",
  allowCredentials: true,
});
// For single routes, where it takes precedence over the policies of the table and the gateway.
const hurry = new meshway.RetryTimeoutPolicy("hurry", { retries: { attempts: 0 }, requestTimeout: "300ms" });
const flaky = new meshway.FaultInjectionPolicy("flaky", { abort: { httpStatus: 503, percentage: 40 } });
const slow = new meshway.FaultInjectionPolicy("slow", { delay: { fixedDelay: "400ms" } });
const down = new meshway.FaultInjectionPolicy("down", { abort: { httpStatus: 418 } });
const own = new meshway.HeaderManipulationPolicy("own", { appendRequestHeaders: { "x-team": "shop" } });

// Policies that Istio has no field for.
const small = new meshway.HTTPBufferPolicy("small", { maxRequestBytes: 1000 });
const ownForms = new meshway.CSRFPolicy("own-forms", { additionalOrigins: [{ exact: "partner.example.net" }] });
const light = new meshway.CompressionPolicy("light", { contentTypes: ["application/json"], minContentLength: 100 });
const scarce = new meshway.RateLimitPolicy("scarce", { local: { requestsPerUnit: 5, unit: "HOUR" } });

// Mirrors requests to the next version of the reviews, which serves nobody yet.
const next = server("next", [{ number: 80, protocol: "HTTP", targetPort: 9080 }]);
const trial = new meshway.MirrorPolicy("trial", { destination: { virtualDestination: next } });
const sample = new meshway.MirrorPolicy("sample", { destination: { virtualDestination: next }, percentage: 30 });
const silence = new meshway.MirrorPolicy("silence", { destination: { virtualDestination: next }, percentage: 0 });

const retried = { retries: "yes" };
const forwardTo = { destinations: [{ virtualDestination: reviews }] };
new meshway.RouteTable("shop", {
  fleet,
  hosts: ["shop.example.com"],
  virtualGateways: [web],
  policies: [patience, browsers],
  http: [
    { name: "retried", labels: retried, matchers: [{ uri: { prefix: "/retried" } }], forwardTo },
    { name: "hurried", labels: retried, matchers: [{ uri: { prefix: "/hurried" } }], forwardTo, policies: [hurry] },
    { name: "flaky", matchers: [{ uri: { prefix: "/flaky" } }], forwardTo, policies: [flaky] },
    { name: "slow", matchers: [{ uri: { prefix: "/slow" } }], forwardTo, policies: [slow] },
    { name: "down", matchers: [{ uri: { prefix: "/down" } }], forwardTo, policies: [down] },
    { name: "own-headers", matchers: [{ uri: { prefix: "/own" } }], forwardTo, policies: [own] },
    { name: "api", labels: { api: "yes" }, matchers: [{ uri: { prefix: "/api" } }], forwardTo },
    { name: "version", matchers: [{ uri: { exact: "/version" } }], directResponse: { status: 200, body: "1" } },
    { name: "upload", matchers: [{ uri: { prefix: "/upload" } }], forwardTo, policies: [small] },
    { name: "feed", matchers: [{ uri: { prefix: "/feed" } }], forwardTo, policies: [light] },
    { name: "form", matchers: [{ uri: { prefix: "/form" } }], forwardTo, policies: [ownForms] },
    {
      name: "search",
      matchers: [{ uri: { prefix: "/search" } }, { uri: { prefix: "/find" } }],
      forwardTo,
      policies: [scarce],
    },
    { name: "tried", matchers: [{ uri: { prefix: "/tried" } }], forwardTo, policies: [trial, own] },
    { name: "sampled", matchers: [{ uri: { prefix: "/sampled" } }], forwardTo, policies: [sample] },
    { name: "silent", matchers: [{ uri: { prefix: "/silent" } }], forwardTo, policies: [silence] },
    { name: "rest", forwardTo },
  ],
});
// The token issuer's public keys; a program may also read them from a file or the stack's configuration.
const loginKeys = JSON.stringify({
  keys: [
    {
      kty: "EC",
      crv: "P-256",
      x: "r8f6MA-H-slRLHhbXYUVBN8g_5ow3qrcq0VMJA32yyA",
      y: "53SSc5i93EbyRuRFIiIbHsFzn5XssRZ2cxiXAIxX_cM",
      kid: "example",
      alg: "ES256",
    },
  ],
});
const login = { issuer: "https://login.example.com", audiences: ["accounts"], local: { inline: loginKeys } };
const people = new meshway.JWTPolicy("people", {
  providers: { login: { ...login, claimsToHeaders: [{ claim: "sub", header: "x-user" }] } },
});
const staff = new meshway.JWTPolicy("staff", {
  providers: { login },
  claims: [{ key: "role", values: ["admin", "support"] }],
  requiredScopes: ["accounts:write"],
});
const guests = new meshway.JWTPolicy("guests", {
  providers: { login: { ...login, claimsToHeaders: [{ claim: "sub", header: "x-user" }] } },
  validationPolicy: "ALLOW_MISSING",
});
new meshway.RouteTable("accounts", {
  fleet,
  hosts: ["accounts.example.com"],
  virtualGateways: [web],
  policies: [people, browsers],
  http: [
    { name: "change", matchers: [{ uri: { prefix: "/change" } }], forwardTo, policies: [staff] },
    { name: "welcome", matchers: [{ uri: { prefix: "/welcome" } }], forwardTo, policies: [guests] },
    { name: "terms", matchers: [{ uri: { exact: "/terms" } }], directResponse: { status: 200, body: "terms" } },
    { name: "api", labels: { api: "yes" }, matchers: [{ uri: { prefix: "/api" } }], forwardTo },
    { name: "rest", forwardTo },
  ],
});

// Your own servers that decide about requests: an authorizer, and the rate-limit service, which counts for all proxies
// together.
const authorizer = server("authorizer", [
  { number: 9000, protocol: "GRPC" },
  { number: 80, protocol: "HTTP", targetPort: 8080 },
]);
const limiter = server("limiter", [{ number: 8081, protocol: "GRPC" }]);
const overGrpc = { destinationServer: { virtualDestination: authorizer, port: 9000 }, requestTimeout: "5s" };
const members = new meshway.ExtAuthPolicy("members", {
  server: { ...overGrpc, statusOnError: 503 },
  customAuth: { contextExtensions: { tier: "gold" } },
});
const lenient = new meshway.ExtAuthPolicy("lenient", { server: { ...overGrpc, failureModeAllow: true } });
const overHttp = new meshway.ExtAuthPolicy("over-http", {
  server: {
    destinationServer: { virtualDestination: authorizer, port: 80 },
    requestTimeout: "5s",
    httpService: {
      pathPrefix: "/authorize",
      request: { allowedHeaders: ["x-user"], headersToAdd: { "x-caller": "web" } },
      response: { allowedUpstreamHeaders: ["x-verified"], allowedClientHeaders: ["x-reason"] },
    },
  },
});
// The descriptors that the server receives for each request; its own configuration sets the limits.
const byUser = {
  domain: "members",
  rateLimits: [
    {
      actions: [
        { genericKey: { descriptorKey: "limit", descriptorValue: "3" } },
        { requestHeaders: { headerName: "x-user", descriptorKey: "user" } },
      ],
    },
  ],
};
const settings = { destinationServer: { virtualDestination: limiter }, requestTimeout: "5s" };
const shared = new meshway.RateLimitPolicy("shared", {
  global: { serverSettings: { ...settings, denyOnFail: true }, ...byUser },
});
const generous = new meshway.RateLimitPolicy("generous", { global: { serverSettings: settings, ...byUser } });

// A token issuer in the fleet: gateways fetch its keys, so it can rotate them at any time.
const issuer = server("issuer", [{ number: 80, protocol: "HTTP", targetPort: 8080 }]);
const keys = { destinationRef: { virtualDestination: issuer }, cacheDuration: "10s" };
const partners = new meshway.JWTPolicy("partners", {
  applyToRoutes: [{ route: { labels: { tokens: "yes" } } }],
  providers: {
    partners: {
      issuer: "https://partners.example.com",
      remote: { ...keys, url: "http://issuer.global/partners/keys" },
    },
    resellers: {
      issuer: "https://resellers.example.com",
      remote: { ...keys, url: "http://issuer.global/resellers/keys", enableAsyncFetch: true },
    },
  },
});
// Counts requests per partner, as identified by the token, which no header can forge.
const byPartner = new meshway.RateLimitPolicy("by-partner", {
  global: {
    serverSettings: { ...settings, denyOnFail: true },
    domain: "partners",
    rateLimits: [
      {
        actions: [
          { genericKey: { descriptorKey: "limit", descriptorValue: "3" } },
          {
            metadata: {
              descriptorKey: "partner",
              metadataKey: { key: "envoy.filters.http.jwt_authn", path: [{ key: "meshway" }, { key: "sub" }] },
            },
          },
        ],
      },
    ],
  },
});
new meshway.RouteTable("partners", {
  fleet,
  hosts: ["partners.example.com"],
  virtualGateways: [web],
  policies: [partners],
  http: [
    { name: "catalog", labels: { tokens: "yes" }, matchers: [{ uri: { prefix: "/catalog" } }], forwardTo },
    {
      name: "orders",
      labels: { tokens: "yes" },
      matchers: [{ uri: { prefix: "/orders" } }],
      forwardTo,
      policies: [byPartner],
    },
    { name: "rest", forwardTo },
  ],
});
new meshway.RouteTable("members", {
  fleet,
  hosts: ["members.example.com"],
  virtualGateways: [web],
  http: [
    { name: "account", matchers: [{ uri: { prefix: "/account" } }], forwardTo, policies: [members] },
    {
      name: "terms",
      matchers: [{ uri: { exact: "/terms" } }],
      directResponse: { status: 200, body: "terms" },
      policies: [members],
    },
    { name: "preview", matchers: [{ uri: { prefix: "/preview" } }], forwardTo, policies: [lenient] },
    { name: "form", matchers: [{ uri: { prefix: "/form" } }], forwardTo, policies: [overHttp] },
    { name: "search", matchers: [{ uri: { prefix: "/search" } }], forwardTo, policies: [shared] },
    { name: "browse", matchers: [{ uri: { prefix: "/browse" } }], forwardTo, policies: [generous] },
    { name: "rest", forwardTo },
  ],
});

// Templates: add what the backend needs to know about a request, and remove what it need not know.
const shape = new meshway.TransformationPolicy("shape", {
  request: {
    extractors: { organization: { header: "x-email", regex: ".*@(.*)", subgroup: 1 } },
    headers: { "x-organization": "{{ organization }}", "x-user": "{{ body.user.name }}" },
    body: { json: { name: "{{ body.user.name }}", from: '{{ header("x-email") }}' }, action: "REPLACE" },
  },
  response: {
    headers: { "x-answered": '{{ header(":status") }} to {{ organization }}' },
    body: { json: { served: '{{ body.pod }} for {{ request_header("x-email") }}' } },
  },
});
new meshway.RouteTable("mail", {
  fleet,
  hosts: ["mail.example.com"],
  virtualGateways: [web],
  http: [
    { name: "send", matchers: [{ uri: { prefix: "/send" } }], forwardTo, policies: [shape] },
    { name: "terms", matchers: [{ uri: { exact: "/terms" } }], directResponse: { status: 200 }, policies: [shape] },
    { name: "rest", forwardTo },
  ],
});

// Another table of the same gateway: policies listed on `shop` have no effect here, not even on a route of the same
// name.
new meshway.RouteTable("docs", {
  fleet,
  hosts: ["docs.example.com"],
  virtualGateways: [web],
  http: [{ name: "search", matchers: [{ uri: { prefix: "/search" } }], forwardTo }],
});
