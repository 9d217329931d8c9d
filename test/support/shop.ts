import type { ModelArgs } from "./models.js";

/** Any arguments, for overrides. */
type Args = Record<string, unknown>;

/** Two clusters in networks of their own, with east-west gateways. */
export function fleetArgs(overrides: { readonly east?: Args; readonly west?: Args } = {}): Args {
  return {
    clusters: [
      {
        name: "east",
        locality: { region: "us-east-1" },
        eastWestGateway: { addresses: ["203.0.113.10"] },
        ...overrides.east,
      },
      {
        name: "west",
        locality: { region: "us-west-2" },
        eastWestGateway: { addresses: ["203.0.113.20"] },
        ...overrides.west,
      },
    ],
  };
}

/** A gateway in both clusters: a redirect to https, and HTTPS for `*.example.com`. */
export function gatewayArgs(overrides: Args = {}): Args {
  return {
    fleet: "prod",
    namespace: "gateways",
    workloads: { labels: { istio: "ingressgateway" } },
    listeners: [
      { port: 80, protocol: "HTTP", httpsRedirect: true },
      {
        port: 443,
        protocol: "HTTPS",
        tls: { mode: "SIMPLE", secretName: "web-cert" },
        allowedRouteTables: [{ host: "*.example.com" }],
      },
    ],
    ...overrides,
  };
}

/** A destination with backends in both clusters. */
export function destinationArgs(overrides: Args = {}): Args {
  return {
    fleet: "prod",
    hosts: ["reviews.global"],
    services: [{ namespace: "shop", labels: { app: "reviews" }, serviceAccounts: ["reviews"] }],
    ports: [{ number: 80, protocol: "HTTP", targetPort: 9080 }],
    ...overrides,
  };
}

/** Two regions that take over from each other. */
export const failoverArgs: Args = {
  localityMappings: [
    { from: { region: "us-east-1" }, to: [{ region: "us-west-2" }] },
    { from: { region: "us-west-2" }, to: [{ region: "us-east-1" }] },
  ],
};

/** The failover policy `failover`, the outlier detection policy `outlier`, and a destination with both. */
export function resilientArgs(failover: Args = failoverArgs, overrides: Args = {}): ModelArgs {
  const policies = ["failover", "outlier"];
  return {
    virtualDestinations: { reviews: destinationArgs({ policies, ...overrides }) },
    failoverPolicies: { failover },
    outlierDetectionPolicies: { outlier: {} },
  };
}

/** A service outside the fleet. */
export function externalArgs(overrides: Args = {}): Args {
  return {
    fleet: "prod",
    namespace: "shop",
    hosts: ["api.example.org"],
    ports: [{ number: 443, protocol: "HTTPS", clientsideTls: {} }],
    ...overrides,
  };
}

/** A Service as a destination. */
export function serviceArgs(cluster: string, overrides: Args = {}): Args {
  return { service: { name: "frontend", namespace: "shop", cluster }, port: 8080, ...overrides };
}

/** A table on the gateway `web` with these routes; without any, one to the virtual destination `reviews`. */
export function tableArgs(overrides: Args = {}): Args {
  return {
    fleet: "prod",
    hosts: ["shop.example.com"],
    virtualGateways: ["web"],
    http: [{ name: "all", forwardTo: { destinations: [{ virtualDestination: "reviews", port: 80 }] } }],
    ...overrides,
  };
}

/** A whole model without findings, and what to replace in it. */
export function shopArgs(overrides: ModelArgs = {}): ModelArgs {
  return {
    fleets: { prod: fleetArgs() },
    virtualGateways: { web: gatewayArgs() },
    virtualDestinations: { reviews: destinationArgs() },
    externalServices: { api: externalArgs() },
    routeTables: { shop: tableArgs() },
    ...overrides,
  };
}
