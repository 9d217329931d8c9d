import type { ModelArgs } from "../models.js";
import { type Attempt, at, HIDDEN, NOBODY } from "./attempt.js";
import { external, gateway, LAB, together, trim, virtual } from "./lab.js";

export const OUTSIDE = { endpoints: [{ address: "192.0.2.7" }] };

/** The shop exports everything to the books' team, whose settings import nothing. */
const EXPORTING: ModelArgs = {
  workspaceSettings: {
    "of-shop": { ...LAB.workspaceSettings?.["of-shop"], exportTo: [{ workspaces: ["team-books"] }] },
  },
};

const EXPORTS: readonly Attempt[] = [
  ...["api.stripe.com", "*.com", "*.amazonaws.com"].map((host) => ({
    kind: "callers of a team",
    what: `an ExternalService with the host ${host} for another team's callers, by name`,
    adds: external({ ...OUTSIDE, hosts: [host], exportTo: ["shop", "books"] }),
    finds: [at("MW0641", "ExternalService", "exportTo[1]")],
  })),
  {
    kind: "callers of a team",
    what: "an ExternalService for callers of a namespace that a team has in one cluster",
    adds: external({ ...OUTSIDE, exportTo: ["archive"] }),
    finds: [at("MW0641", "ExternalService", "exportTo[0]")],
  },
  {
    kind: "callers of a team",
    what: "a VirtualDestination for another team's callers, by name",
    adds: virtual({ hosts: ["api.stripe.com"], exportTo: ["shop", "books"] }),
    finds: [at("MW0641", "VirtualDestination", "exportTo[1]")],
  },
  {
    kind: "callers of a team",
    what: "an ExternalService for whom the settings export to, who imports nothing",
    adds: together(external({ ...OUTSIDE, hosts: ["api.stripe.com"] }), EXPORTING),
    finds: [at("MW0641", "ExternalService", "")],
  },
  {
    kind: "callers of a team",
    what: "a VirtualDestination for whom the settings export to, who imports nothing",
    adds: virtual({ hosts: ["api.stripe.com"] }, EXPORTING),
    finds: [at("MW0641", "VirtualDestination", "")],
  },
  {
    kind: "callers of a team",
    what: "both by name and by the settings, and nobody imports it",
    adds: together(external({ ...OUTSIDE, exportTo: ["books"] }), EXPORTING),
    finds: [at("MW0641", "ExternalService", "exportTo")],
  },
  {
    kind: "callers of a team",
    what: "a wildcard for a team that has no settings",
    adds: together(external({ ...OUTSIDE, hosts: ["*.com"] }), {
      workspaces: { bare: { fleet: "prod", workloadClusters: [{ namespaces: [{ name: "bare-space" }] }] } },
      workspaceSettings: {
        "of-shop": { ...LAB.workspaceSettings?.["of-shop"], exportTo: [{ workspaces: ["bare"] }] },
      },
    }),
    finds: [at("MW0641", "ExternalService", "")],
  },
];

export const ROOT = "istio-system";
const rootPods = [{ namespace: ROOT, labels: { app: "x" }, serviceAccounts: ["x"] }];
const access = { accessPolicies: { shut: { authzList: [{ allowedPaths: ["/none"] }] } } };

const ROOTS: readonly Attempt[] = [
  {
    kind: "root namespace",
    what: "an AccessPolicy of nobody on pods there",
    adds: virtual({ ...HIDDEN, services: rootPods, policies: ["shut"] }, access),
    finds: [at("MW0642", "VirtualDestination", "services[0].namespace")],
  },
  {
    kind: "root namespace",
    what: "a VirtualDestination of nobody, whose rules are looked up for everybody",
    adds: virtual({ ...HIDDEN, services: rootPods }),
    finds: [at("MW0642", "VirtualDestination", "services[0].namespace")],
  },
  {
    kind: "root namespace",
    what: "an ExternalService of nobody there",
    adds: external({ ...HIDDEN, namespace: ROOT }),
    finds: [at("MW0642", "ExternalService", "namespace")],
  },
  {
    kind: "root namespace",
    what: "a gateway of nobody there",
    adds: gateway({ ...NOBODY, namespace: ROOT }),
    finds: [at("MW0642", "VirtualGateway", "namespace")],
  },
  {
    kind: "root namespace",
    what: "a policy of nobody that trims sidecars there",
    adds: trim(ROOT, { ...NOBODY, workloads: { namespace: ROOT, labels: { app: "x" } } }),
    finds: [at("MW0642", "TrimProxyConfigPolicy", "workloads.namespace")],
  },
  {
    kind: "root namespace",
    what: "a team's VirtualDestination with pods there",
    adds: virtual({ services: rootPods, policies: ["shut"] }, access),
    finds: [at("MW0601", "VirtualDestination", "services[0].namespace")],
  },
  {
    kind: "root namespace",
    what: "another root namespace, as the fleet says in one cluster",
    adds: together(external({ ...HIDDEN, namespace: "mesh-config" }), {
      fleets: {
        prod: {
          gatewayNamespaces: ["gateways"],
          clusters: [
            { name: "east", rootNamespace: "mesh-config", eastWestGateway: { addresses: ["203.0.113.10"] } },
            WEST(),
          ],
        },
      },
    }),
    finds: [at("MW0642", "ExternalService", "namespace")],
  },
];

function WEST(): object {
  return { name: "west", eastWestGateway: { addresses: ["door.west.example"] } };
}

/** An external service whose callers add TLS. */
export function tlsTo(clientsideTls: object, fields: object = {}): ModelArgs {
  return external({ ports: [{ number: 80, protocol: "HTTP", targetPort: 443, clientsideTls }], ...OUTSIDE, ...fields });
}

export const FILES = { mode: "MUTUAL", clientCertificate: "/etc/certs/client.pem", privateKey: "/etc/certs/key.pem" };
const tlsPolicy = (choice: object): ModelArgs => ({ clientTlsPolicies: { tls: choice } });

/** A gateway that has a Secret of its namespace. */
export function listening(secretName: string, fields: object): ModelArgs {
  return gateway({ listeners: [{ port: 443, tls: { mode: "SIMPLE", secretName } }], ...fields });
}

/** The lab with consent to reach into the gateways' namespace, and no more. */
export const IN_GATEWAYS: ModelArgs = {
  workspaces: { "team-shop": { ...LAB.workspaces?.["team-shop"], mayClaim: { namespaces: ["gateways"] } } },
};

const SECRETS: readonly Attempt[] = [
  {
    kind: "secrets of others",
    what: "client TLS with a Secret of shared gateways",
    adds: tlsTo({ mode: "MUTUAL", credentialName: "web-client" }),
    finds: [at("MW0643", "ExternalService", "ports[0].clientsideTls.credentialName")],
  },
  {
    kind: "secrets of others",
    what: "client TLS with files of shared gateways",
    adds: tlsTo(FILES),
    finds: ["clientCertificate", "privateKey"].map((field) =>
      at("MW0643", "ExternalService", `ports[0].clientsideTls.${field}`),
    ),
  },
  {
    kind: "secrets of others",
    what: "client TLS of nobody with a Secret of everybody",
    adds: tlsTo({ mode: "MUTUAL", credentialName: "web-client" }, { ...NOBODY, namespace: "misc" }),
    finds: [
      at("MW0638", "ExternalService", ""),
      at("MW0643", "ExternalService", "ports[0].clientsideTls.credentialName"),
    ],
  },
  {
    kind: "secrets of others",
    what: "a ClientTLSPolicy with a Secret of shared gateways",
    adds: virtual({ policies: ["tls"] }, tlsPolicy({ mutual: { credentialName: "web-client" } })),
    // nor does it fit east-west gateways
    finds: [at("MW0470", "VirtualDestination", "policies[0]"), at("MW0643", "VirtualDestination", "policies[0]")],
  },
  {
    kind: "secrets of others",
    what: "a Secret beside the one that is consented to",
    adds: together(tlsTo({ mode: "MUTUAL", credentialName: "web-client" }), {
      workspaces: { "team-shop": { ...LAB.workspaces?.["team-shop"], mayUseSecrets: ["shop-*", "web"] } },
    }),
    finds: [at("MW0643", "ExternalService", "ports[0].clientsideTls.credentialName")],
  },
  {
    kind: "secrets of others",
    what: "a listener in the gateways' namespace, with consent to lie there",
    adds: together(
      listening("web-cert", { namespace: "gateways", workloads: { labels: { app: "mine" } } }),
      IN_GATEWAYS,
    ),
    finds: [at("MW0643", "VirtualGateway", "listeners[0].tls.secretName")],
  },
  {
    kind: "secrets of others",
    what: "a listener at the gateways' proxies, with consent to choose them",
    adds: together(listening("web-cert", { workloads: { labels: { istio: "ingressgateway" } } }), IN_GATEWAYS),
    finds: [at("MW0643", "VirtualGateway", "listeners[0].tls.secretName")],
  },
];

/** What teams do to callers and proxies of others, and to the whole fleet. */
export const REACHING_FURTHER: readonly Attempt[] = [...EXPORTS, ...ROOTS, ...SECRETS];
