/** Arguments of a fleet with gateways, destinations and route tables, as users write them, in a realistic mix. */
import type { Kind } from "meshway/model";

/** One resource as a program passes it to the constructor; references are names. */
export interface ResourceArgs {
  readonly kind: Kind;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** The size of the generated fleet. */
export interface Size {
  readonly tables: number;
  /** Routes per table. */
  readonly routes: number;
  readonly clusters: number;
  /** Clusters that run the applications. Default: all of them. */
  readonly backendClusters?: number;
  /** Virtual destinations, at least 2. Default 20. */
  readonly destinations?: number;
  /** Gives each table the same policies: one for all routes, one for those with a label. Default false. */
  readonly policies?: boolean;
  /** Names of the clusters. Default `cluster-0`, `cluster-1` and so on. */
  readonly names?: readonly string[];
}

/** Returns fresh arguments for every resource, in the order in which a program declares them. */
export function fleetArgs(size: Size): ResourceArgs[] {
  const { tables, destinations = 20 } = size;
  return [
    { kind: "Fleet", name: "prod", args: { clusters: repeat(size.clusters, (index) => clusterArgs(size, index)) } },
    { kind: "VirtualGateway", name: "web", args: gatewayArgs() },
    ...(size.policies === true ? POLICIES : []),
    ...repeat(destinations, (index): ResourceArgs => {
      return { kind: "VirtualDestination", name: `app-${index}`, args: destinationArgs(size, index) };
    }),
    ...repeat(tables, (index): ResourceArgs => {
      return { kind: "RouteTable", name: `shop-${index}`, args: tableArgs(size, index) };
    }),
  ];
}

const POLICIES: readonly ResourceArgs[] = [
  {
    kind: "RetryTimeoutPolicy",
    name: "patience",
    args: { retries: { attempts: 3, retryOn: "5xx" }, requestTimeout: "5s" },
  },
  {
    kind: "HeaderManipulationPolicy",
    name: "retried",
    args: { applyToRoutes: [{ route: { labels: { retry: "yes" } } }], setRequestHeaders: { "x-retried": "yes" } },
  },
];

function clusterArgs(size: Size, index: number) {
  return {
    name: clusterName(size, index),
    trustDomain: `${clusterName(size, index)}.example.com`,
    locality: { region: `region-${index % 4}`, zone: `zone-${index}` },
    eastWestGateway: { addresses: [`203.0.${Math.floor(index / 250)}.${index % 250}`] },
  };
}

function clusterName({ names }: Size, index: number): string {
  return names?.[index] ?? `cluster-${index}`;
}

function gatewayArgs() {
  return {
    fleet: "prod",
    namespace: "gateways",
    workloads: { labels: { istio: "ingressgateway" } },
    listeners: [
      { port: 80, httpsRedirect: true },
      { port: 443, tls: { mode: "SIMPLE", secretName: "web-cert" }, allowedRouteTables: [{ host: "*.example.com" }] },
    ],
  };
}

function destinationArgs(size: Size, index: number) {
  const service = { namespace: "shop", labels: { app: `app-${index}` }, serviceAccounts: [`app-${index}`] };
  const { backendClusters } = size;
  return {
    fleet: "prod",
    hosts: [`app-${index}.global`],
    services:
      backendClusters === undefined
        ? [service]
        : repeat(backendClusters, (cluster) => ({ ...service, cluster: clusterName(size, cluster) })),
    ports: [{ number: 80, protocol: "HTTP", targetPort: 8080 }],
    subsets: [{ labels: { version: "v1" } }, { labels: { version: "v2" } }],
  };
}

function tableArgs(size: Size, table: number) {
  const { routes, destinations = 20 } = size;
  const last = {
    name: "rest",
    forwardTo: {
      destinations: [{ service: { name: "frontend", namespace: "shop", cluster: clusterName(size, 0) }, port: 8080 }],
    },
  };
  return {
    fleet: "prod",
    labels: { team: `team-${table % 10}` },
    hosts: [`shop-${table}.example.com`],
    virtualGateways: ["web"],
    ...(size.policies === true && { policies: POLICIES.map(({ name }) => name) }),
    http: [...repeat(routes - 1, (route) => routeArgs({ table, route, apps: destinations })), last],
  };
}

interface Place {
  readonly table: number;
  readonly route: number;
  /** Number of applications. */
  readonly apps: number;
}

function routeArgs({ table, route, apps }: Place) {
  const app = (table + route) % apps;
  const to = [{ virtualDestination: `app-${app}`, port: 80 }];
  const path = `/team-${table}/service-${route}/`;
  const name = `route-${route}`;
  switch (route % 10) {
    case 0:
      return { name, matchers: [{ uri: { prefix: path } }], forwardTo: { destinations: canary(app, app) } };
    case 1:
      return { name, matchers: [{ uri: { exact: `${path}health` }, method: "GET" }], forwardTo: { destinations: to } };
    case 2:
      return { name, matchers: [{ uri: { prefix: path }, headers: headers() }], forwardTo: { destinations: to } };
    case 3:
      return {
        name,
        matchers: [{ uri: { regex: `${path}users/[0-9]+/(orders|carts)` } }],
        forwardTo: { destinations: to },
      };
    case 4:
      return {
        name,
        matchers: [{ uri: { prefix: path } }],
        forwardTo: { destinations: canary(app, (app + 1) % apps) },
      };
    case 5:
      return { name, matchers: [{ uri: { prefix: path } }], forwardTo: { destinations: to, pathRewrite: "/" } };
    case 6: {
      const queryParameters = [{ name: "beta", value: "true" }];
      return { name, matchers: [{ uri: { prefix: path }, queryParameters }], forwardTo: { destinations: to } };
    }
    case 7: {
      const regexRewrite = { pattern: { regex: `^${path}v([0-9]+)/(.*)$` }, substitution: "/api/\\1/\\2" };
      return { name, matchers: [{ uri: { prefix: path } }], forwardTo: { destinations: to, regexRewrite } };
    }
    case 8:
      return { name, matchers: [{ uri: { exact: path } }], redirect: { pathRedirect: "/new", responseCode: "FOUND" } };
    default: {
      const matchers = [
        { uri: { prefix: `${path}a/` } },
        { uri: { exact: `${path}b` }, headers: [{ name: "x-debug" }] },
      ];
      return { name, labels: { retry: "yes" }, matchers, forwardTo: { destinations: to, hostRewrite: "app.internal" } };
    }
  }
}

function canary(stable: number, next: number) {
  return [
    { virtualDestination: `app-${stable}`, port: 80, subset: { version: "v1" }, weight: 90 },
    { virtualDestination: `app-${next}`, port: 80, subset: { version: "v2" }, weight: 10 },
  ];
}

function headers() {
  return [
    { name: "x-tenant", value: "gold" },
    { name: "user-agent", value: ".*(Android|iPhone).*", regex: true },
  ];
}

function repeat<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
