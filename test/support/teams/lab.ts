import type { ModelArgs } from "../models.js";

const PORTS = [{ number: 80, protocol: "HTTP" }];

/**
 * Two teams and the operators on two clusters: what each owns, and what the teams share. No resource is named after a
 * namespace.
 */
export const LAB: ModelArgs = {
  fleets: {
    prod: {
      gatewayNamespaces: ["gateways"],
      clusters: [
        { name: "east", locality: { region: "us-east-1" }, eastWestGateway: { addresses: ["203.0.113.10"] } },
        {
          name: "west",
          locality: { region: "us-west-2" },
          clusterDomain: "k8s.west.example",
          eastWestGateway: { addresses: ["door.west.example"] },
        },
      ],
    },
  },
  workspaces: {
    "team-platform": { fleet: "prod", workloadClusters: [{ namespaces: [{ name: "gateways" }] }] },
    "team-shop": { fleet: "prod", workloadClusters: [{ namespaces: [{ name: "shop" }] }] },
    "team-books": {
      fleet: "prod",
      workloadClusters: [
        { namespaces: [{ name: "books" }] },
        { name: "west", namespaces: [{ name: "archive" }] },
        { name: "west", namespaces: [{ name: "net" }] },
      ],
    },
  },
  workspaceSettings: {
    "of-books": {
      workspace: "team-books",
      exportTo: [
        { workspaces: ["team-shop"], resources: [{ labels: { public: "yes" } }, { kind: "SERVICE", name: "open" }] },
      ],
    },
    "of-shop": { workspace: "team-shop", importFrom: [{ workspaces: ["of-books"] }] },
  },
  virtualGateways: {
    web: {
      fleet: "prod",
      workspace: "team-platform",
      namespace: "gateways",
      workloads: { labels: { istio: "ingressgateway", app: "web" } },
      listeners: [{ port: 80 }],
    },
  },
  virtualDestinations: {
    "vd-reviews": {
      fleet: "prod",
      workspace: "of-books",
      labels: { public: "yes" },
      hosts: ["reviews.global"],
      services: [{ namespace: "books", labels: { app: "reviews" }, serviceAccounts: ["reviews"] }],
      ports: PORTS,
    },
    "vd-ledger": {
      fleet: "prod",
      workspace: "of-books",
      hosts: ["ledger.books.corp"],
      services: [{ namespace: "books", labels: { app: "ledger" }, serviceAccounts: ["ledger"] }],
      ports: PORTS,
    },
  },
  externalServices: {
    "es-payments": {
      fleet: "prod",
      workspace: "of-books",
      namespace: "books",
      hosts: ["api.payments.example"],
      addresses: ["198.51.100.16/28"],
      endpoints: [{ address: "198.51.100.17" }],
      ports: [{ number: 5432, protocol: "TCP" }],
    },
  },
};

type Sections = keyof ModelArgs;

/** Merges the resources of several models. */
export function together(...models: readonly ModelArgs[]): ModelArgs {
  const all: Partial<Record<Sections, Record<string, object>>> = {};
  for (const model of models)
    for (const [section, resources] of Object.entries(model) as [Sections, Record<string, object>][])
      all[section] = { ...all[section], ...resources };
  return all;
}

/** Fields of an attempt's resources; the offending one is called `intruder`. */
type Fields = Readonly<Record<string, unknown>>;

/** An external service with these fields. */
export function external(fields: Fields): ModelArgs {
  const usual = { fleet: "prod", workspace: "of-shop", namespace: "shop", hosts: ["es.example.org"], ports: PORTS };
  return { externalServices: { intruder: defined({ ...usual, ...fields }) } };
}

/** A virtual destination with these fields. */
export function virtual(fields: Fields, more: ModelArgs = {}): ModelArgs {
  const services = [{ namespace: "shop", labels: { app: "cart" }, serviceAccounts: ["cart"] }];
  const usual = { fleet: "prod", workspace: "of-shop", hosts: ["cart.global"], services, ports: PORTS };
  return together(more, { virtualDestinations: { intruder: defined({ ...usual, ...fields }) } });
}

/** A route table with these fields; it answers directly by default. */
export function table(fields: Fields, more: ModelArgs = {}): ModelArgs {
  const http = [{ name: "all", directResponse: { status: 200 } }];
  const usual = { fleet: "prod", workspace: "of-shop", hosts: ["shop.example.com"], virtualGateways: ["web"], http };
  return together(more, { routeTables: { intruder: defined({ ...usual, ...fields }) } });
}

/** A route table that sends everything to one destination. */
export function routed(destination: object, fields: Fields = {}, more: ModelArgs = {}): ModelArgs {
  return table({ http: [{ name: "all", forwardTo: { destinations: [destination] } }], ...fields }, more);
}

/** A gateway with these fields. */
export function gateway(fields: Fields): ModelArgs {
  const usual = {
    fleet: "prod",
    workspace: "of-shop",
    namespace: "shop",
    workloads: { labels: { app: "shop-gateway" } },
    listeners: [{ port: 80 }],
  };
  return { virtualGateways: { intruder: defined({ ...usual, ...fields }) } };
}

/** A policy that limits the egress of sidecars, with these fields. */
export function trim(namespace: string, fields: Fields = {}): ModelArgs {
  const includedDestinations = [{ service: { name: "cart", namespace: "shop" } }];
  const usual = { fleet: "prod", workspace: "of-shop", workloads: { namespace }, includedDestinations };
  return { trimProxyConfigPolicies: { intruder: defined({ ...usual, ...fields }) } };
}

/** Drops undefined fields, which lets callers remove defaults. */
function defined(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
