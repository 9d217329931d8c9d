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

const web = new meshway.VirtualGateway("web", {
  fleet,
  namespace: "gateways",
  workloads: { labels: { istio: "ingressgateway" } },
  listeners: [{ port: 80 }],
});

// Pods of east only, or of west only, so that it is clear which of them answers.
function destination(name: string, cluster: string, policies: meshway.PolicyReference[] = []) {
  return new meshway.VirtualDestination(name, {
    fleet,
    hosts: [`${name}.global`],
    services: [{ namespace: "shop", labels: { app: "reviews" }, cluster, serviceAccounts: ["reviews"] }],
    ports: [{ number: 80, protocol: "HTTP", targetPort: 9080 }],
    policies,
  });
}

const narrow = new meshway.ConnectionPolicy("narrow", { http: { maxRequests: 4 } });
const queue = new meshway.ConnectionPolicy("queue", {
  tcp: { maxConnections: 1, connectTimeout: "5s", tcpKeepalive: { probes: 3, time: "60s", interval: "5s" } },
  http: { maxPendingRequests: 1 },
});
const single = new meshway.ConnectionPolicy("single", { http: { maxRequestsPerConnection: 1 } });
const brief = new meshway.ConnectionPolicy("brief", { http: { idleTimeout: "100ms" } });

const plain = destination("plain", "east");
destination("narrow", "east", [narrow]);
destination("queue", "east", [queue]);
destination("single", "east", [single]);
destination("brief", "east", [brief]);
destination("far-narrow", "west", [narrow]);

const destinations = {
  plain: destination("chosen-by-nothing", "east"),
  header: destination("chosen-by-header", "east", [
    new meshway.LoadBalancerPolicy("by-header", { consistentHash: { httpHeaderName: "x-user" } }),
  ]),
  cookie: destination("chosen-by-cookie", "east", [
    new meshway.LoadBalancerPolicy("by-cookie", {
      consistentHash: { httpCookie: { name: "session", path: "/", ttl: "60s" } },
    }),
  ]),
  query: destination("chosen-by-query", "east", [
    new meshway.LoadBalancerPolicy("by-query", { consistentHash: { httpQueryParameterName: "user" } }),
  ]),
  turn: destination("chosen-in-turn", "east", [
    new meshway.LoadBalancerPolicy("in-turn", { simple: "ROUND_ROBIN", warmupDurationSecs: "1s" }),
  ]),
};

new meshway.RouteTable("shop", {
  fleet,
  hosts: ["shop.example.com"],
  virtualGateways: [web],
  http: Object.entries(destinations).map(([name, virtualDestination]) => ({
    name,
    matchers: [{ uri: { prefix: `/${name}` } }],
    forwardTo: { destinations: [{ virtualDestination }] },
  })),
});

// A single cluster, so that no caller comes from another network, whose gateway only accepts the mesh's mutual TLS.
const lone = new meshway.Fleet("lone", {
  clusters: [{ name: "east", context: "east", trustDomain: "east.example.com" }],
});

const loneWeb = new meshway.VirtualGateway("lone-web", {
  fleet: lone,
  namespace: "gateways",
  workloads: { labels: { istio: "ingressgateway" } },
  listeners: [{ port: 8000 }],
});

// Pods that serve TLS themselves, next to pods of the mesh.
function spokenTo(name: string, app: string, targetPort: number, policies: meshway.PolicyReference[] = []) {
  return new meshway.VirtualDestination(name, {
    fleet: lone,
    hosts: [`${name}.global`],
    services: [{ namespace: "shop", labels: { app } }],
    ports: [{ number: 80, protocol: "HTTP", targetPort }],
    policies,
  });
}

const caCertificates = "./var/run/secrets/istio/root-cert.pem";

const simple = new meshway.ClientTLSPolicy("simple", { simple: { caCertificates, sni: "secure.example.com" } });

function probedBy(name: string, gateway: meshway.VirtualGateway): meshway.ActiveHealthCheckPolicy {
  return new meshway.ActiveHealthCheckPolicy(name, {
    virtualGateways: [gateway],
    healthCheck: {
      httpHealthCheck: { path: "/healthz" },
      interval: "100ms",
      timeout: "5s",
      unhealthyThreshold: 2,
      healthyThreshold: 1,
    },
  });
}

destination("far-probed", "west", [probedBy("far-probed", web)]);

const spoken = {
  "by-nothing": spokenTo("by-nothing", "secure", 8443),
  simple: spokenTo("simple", "secure", 8443, [simple]),
  "simple-secret": spokenTo("simple-secret", "secure", 8443, [
    new meshway.ClientTLSPolicy("simple-secret", {
      simple: { credentialName: "secure-client", sni: "other.example.com", subjectAltNames: ["secure.example.com"] },
    }),
  ]),
  "other-name": spokenTo("other-name", "secure", 8443, [
    new meshway.ClientTLSPolicy("other-name", { simple: { caCertificates } }),
  ]),
  "no-certificate": spokenTo("no-certificate", "strict", 8443, [
    new meshway.ClientTLSPolicy("no-certificate", { simple: { caCertificates, sni: "secure.example.com" } }),
  ]),
  mutual: spokenTo("mutual", "strict", 8443, [
    new meshway.ClientTLSPolicy("mutual", { mutual: { credentialName: "secure-client", sni: "secure.example.com" } }),
  ]),
  probed: spokenTo("probed", "reviews", 9080, [probedBy("probed", loneWeb)]),
  "probed-secure": spokenTo("probed-secure", "secure", 8443, [simple, probedBy("probed-secure", loneWeb)]),
  disabled: spokenTo("disabled", "reviews", 9080, [new meshway.ClientTLSPolicy("disabled", { disable: {} })]),
  meshed: spokenTo("meshed", "reviews", 9080),
};

destination("far-meshed", "west", [new meshway.ClientTLSPolicy("far-meshed", { istioMutual: {} })]);

new meshway.RouteTable("spoken", {
  fleet: lone,
  hosts: ["spoken.example.com"],
  virtualGateways: [loneWeb],
  http: Object.entries(spoken).map(([name, virtualDestination]) => ({
    name,
    matchers: [{ uri: { exact: `/${name}` } }],
    forwardTo: { destinations: [{ virtualDestination }] },
  })),
});

new meshway.TrimProxyConfigPolicy("trimmed", {
  fleet,
  workloads: { namespace: "shop", labels: { app: "trimmed" }, clusters: ["east"] },
  includedDestinations: [{ virtualDestination: plain }, { service: { name: "reviews", namespace: "shop" } }],
});
