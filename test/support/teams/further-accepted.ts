import type { ModelArgs } from "../models.js";
import { HIDDEN, NOBODY } from "./attempt.js";
import { external, LAB, table, together } from "./lab.js";
import { FILES, listening, OUTSIDE, ROOT, tlsTo } from "./reaching-further.js";

/** The near twins of `REACHING_FURTHER`, which must not be refused. */
export const FURTHER_ACCEPTED: readonly { readonly what: string; readonly adds: ModelArgs }[] = [
  {
    what: "hosts for another team's callers that the operators consent to",
    adds: together(external({ ...OUTSIDE, hosts: ["api.stripe.com"], exportTo: ["books"] }), {
      workspaces: { "team-shop": { ...LAB.workspaces?.["team-shop"], mayClaim: { hosts: ["*.stripe.com"] } } },
    }),
  },
  {
    what: "hosts for a namespace of another team that the operators consent to",
    adds: together(external({ ...OUTSIDE, exportTo: ["books"] }), {
      workspaces: { "team-shop": { ...LAB.workspaces?.["team-shop"], mayClaim: { namespaces: ["books"] } } },
    }),
  },
  {
    what: "hosts for a namespace of nobody, by name",
    adds: external({ ...OUTSIDE, exportTo: ["shop", "misc"] }),
  },
  {
    what: "hosts that the other team imports",
    adds: together(
      external({ ...OUTSIDE, workspace: "of-books", namespace: "books", labels: { public: "yes" }, hosts: ["a.com"] }),
    ),
  },
  {
    what: "hosts that the other team imports, by name",
    adds: external({
      ...OUTSIDE,
      workspace: "of-books",
      namespace: "books",
      labels: { public: "yes" },
      exportTo: ["shop", "books"],
    }),
  },
  {
    what: "an object in the root namespace with consent",
    adds: together(external({ ...HIDDEN, namespace: ROOT }), {
      fleets: { prod: { ...LAB.fleets?.["prod"], mayClaim: { namespaces: [ROOT] } } },
    }),
  },
  {
    what: "an object in the root namespace of the operators who own it",
    adds: together(external({ workspace: "operators", namespace: ROOT }), {
      workspaces: { operators: { fleet: "prod", workloadClusters: [{ namespaces: [{ name: ROOT }] }] } },
    }),
  },
  {
    what: "routes to a Service in the root namespace",
    adds: table({
      ...NOBODY,
      http: [
        {
          name: "all",
          forwardTo: { destinations: [{ service: { name: "x", namespace: ROOT, cluster: "east" }, port: 80 }] },
        },
      ],
    }),
  },
  {
    what: "client TLS with a Secret for own gateways only",
    adds: tlsTo({ mode: "MUTUAL", credentialName: "web-client" }, { exportTo: ["shop"] }),
  },
  { what: "client TLS with the CA of a file, which is no secret", adds: tlsTo({ caCertificates: "/etc/ssl/ca.pem" }) },
  {
    what: "client TLS with Secrets and files that the operators consent to",
    adds: together(tlsTo(FILES), {
      workspaces: { "team-shop": { ...LAB.workspaces?.["team-shop"], mayUseSecrets: ["/etc/certs/*"] } },
    }),
  },
  {
    what: "client TLS of nobody with consent for everybody",
    adds: together(tlsTo({ mode: "MUTUAL", credentialName: "web-client" }, { ...NOBODY, namespace: "misc" }), {
      fleets: { prod: { ...LAB.fleets?.["prod"], mayUseSecrets: ["web-*"], mayClaim: { hosts: ["es.example.org"] } } },
    }),
  },
  {
    what: "one host of two teams, each for its own callers",
    adds: together(
      {
        externalServices: {
          "es-payments": { ...LAB.externalServices?.["es-payments"], exportTo: ["books", "archive"] },
        },
      },
      external({ hosts: ["api.payments.example"], exportTo: ["shop"] }),
    ),
  },
  {
    what: "a host of a team under a wildcard of the operators, with consent for that",
    adds: together(
      {
        workspaces: {
          "team-platform": { ...LAB.workspaces?.["team-platform"], mayClaim: { hosts: ["*.amazonaws.com"] } },
        },
        externalServices: {
          cloud: {
            ...external({ workspace: "team-platform", namespace: "gateways", hosts: ["*.amazonaws.com"] })
              .externalServices?.["intruder"],
            exportTo: ["*"],
          },
        },
      },
      external({ hosts: ["s3.amazonaws.com"], exportTo: ["shop"] }),
    ),
  },
  { what: "a listener of an own gateway", adds: listening("web-cert", {}) },
];
