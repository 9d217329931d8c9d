import * as meshway from "meshway";

const fleet = new meshway.Fleet("prod", {
  // most of what is called belongs to nobody
  mayClaim: { namespaces: ["shop"], hosts: ["*.global"] },
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

// Two gateways on the same proxies, for clients of different addresses.
function gateway(name: string, port: number, clients: string[]) {
  const policy = new meshway.AccessPolicy(`to-${name}`, {
    authzList: [{ allowedIpBlocks: clients }, { allowedPaths: ["/public/*"], allowedMethods: ["GET"] }],
  });
  return new meshway.VirtualGateway(name, {
    fleet,
    namespace: "gateways",
    workloads: { labels: { istio: "ingressgateway" } },
    listeners: [{ port }],
    policies: [policy],
  });
}
const web = gateway("web", 80, ["203.0.113.0/24"]);
const shut = gateway("shut", 8000, ["192.0.2.0/24"]);

// Pods of east only, or of west only, so that it is plain which of them answers.
function destination(
  name: string,
  { cluster = "east", app = name, port = 9080, tcp = false, terminates = false },
  policies: meshway.PolicyReference[] = [],
) {
  return new meshway.VirtualDestination(name, {
    fleet,
    hosts: [`${name}.global`],
    services: [{ namespace: "shop", labels: { app }, cluster, serviceAccounts: [app] }],
    ports: [{ number: tcp ? 9000 : 80, protocol: tcp ? "TCP" : "HTTP", targetPort: port }],
    ...(terminates && { clientMode: { tlsTermination: {} } }),
    policies,
  });
}

// Three teams; the library's destinations are its own, but for what it exports to the shop.
function team(name: string, namespace: string) {
  return new meshway.Workspace(name, { fleet, workloadClusters: [{ namespaces: [{ name: namespace }] }] });
}
const [shopTeam, libraryTeam] = [team("shop", "shop"), team("library", "library")];
team("billing", "billing");
const library = new meshway.WorkspaceSettings("library", {
  workspace: libraryTeam,
  exportTo: [{ workspaces: [shopTeam], resources: [{ labels: { lent: "yes" } }] }],
  options: { serviceIsolation: { enabled: true } },
});
for (const [name, cluster] of Object.entries({ lent: "east", "lent-far": "west", kept: "east" })) {
  new meshway.VirtualDestination(name, {
    fleet,
    workspace: library,
    labels: { lent: name === "kept" ? "no" : "yes" },
    hosts: [`${name}.global`],
    // also to those who are not let in
    exportTo: ["library", "shop", "billing"],
    services: [{ namespace: "library", labels: { app: name }, cluster, serviceAccounts: [name] }],
    ports: [{ number: 80, protocol: "HTTP", targetPort: 9080 }],
  });
}

const frontend = { serviceAccountSelector: { namespace: "shop", name: "frontend" } };
const ingress = { serviceAccountSelector: { namespace: "gateways" } };

const readers = new meshway.AccessPolicy("readers", {
  authn: { tlsMode: "STRICT" },
  authzList: [
    {
      allowedClients: [frontend, ingress],
      allowedPaths: ["/reviews", "/reviews/*"],
      allowedMethods: ["GET"],
      match: { request: { headers: { "x-stage": { notValues: ["test*"] } } } },
    },
    { allowedPaths: ["/healthz"] },
  ],
});
const callers = new meshway.AccessPolicy("callers", { authzList: [{ allowedClients: [frontend] }] });
const watched = new meshway.AccessPolicy("watched", { authzList: [{ allowedClients: [frontend], dryRun: true }] });
const signed = new meshway.AccessPolicy("signed", {
  authzList: [
    {
      allowedClients: [
        {
          requestIdentityMatcher: {
            requestPrincipals: ["https://issuer.example.com/*"],
            notRequestPrincipals: ["https://issuer.example.com/mallory"],
          },
        },
      ],
      allowedPaths: ["/vault", "/vault/*"],
    },
  ],
});
const throughGateway = new meshway.AccessPolicy("through-gateway", {
  authzList: [{ allowedClients: [frontend, { serviceAccountSelector: { namespace: "istio-system" } }] }],
});

const reviews = destination("reviews", {}, [readers]);
destination("reviews-far", { cluster: "west", app: "reviews" }, [readers]);
destination("reviews-by-another-name", { app: "reviews" });
destination("reviews-other-port", { app: "reviews", port: 9090 });
destination("ratings", {});
destination("watched", {}, [watched]);
destination("database", { tcp: true, port: 9000 }, [callers]);
destination("vault", {}, [signed]);
destination("terminated", { cluster: "west", terminates: true }, [throughGateway]);

new meshway.RouteTable("shop", {
  fleet,
  hosts: ["shop.example.com"],
  virtualGateways: [web, shut],
  http: [
    { name: "public", matchers: [{ uri: { prefix: "/public/" } }], directResponse: { status: 200, body: "public" } },
    { name: "own", matchers: [{ uri: { prefix: "/own" } }], directResponse: { status: 200, body: "own" } },
    { name: "rest", forwardTo: { destinations: [{ virtualDestination: reviews }] } },
  ],
});
