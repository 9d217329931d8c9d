/** Places in destinations and their policies, besides the ones in `places.ts`. */
import { type Args, besides, endpoints, type Place, place, policy } from "./place.js";
import type { Grammar } from "./texts.js";
import { GATEWAY_NAMESPACE } from "./world.js";

const SLOT = "destination";
const SERVICES = [{ labels: { app: "a" }, namespace: GATEWAY_NAMESPACE }];

const destination = (name: string, grammar: Grammar, put: (text: string) => Args): Place =>
  place(`VirtualDestination.${name}`, SLOT, grammar, (text) => ({ destination: put(text) }));

const DESTINATIONS: readonly Place[] = [
  besides("VirtualDestination.hosts", "hosts of a destination", "label", (text, { name }) => [
    [
      "VirtualDestination",
      name,
      {
        fleet: "prod",
        hosts: [`${text}.${name}.inside`],
        services: SERVICES,
        ports: [{ number: 81, protocol: "HTTP" }],
      },
    ],
  ]),
  destination("services.labels", "labelPart", (text) => ({
    services: [{ labels: { a: text }, namespace: GATEWAY_NAMESPACE }],
  })),
  destination("services.labels name", "labelPart", (text) => ({
    services: [{ labels: { [text]: "a" }, namespace: GATEWAY_NAMESPACE }],
  })),
  destination("services.serviceAccounts", "labelPart", (text) => ({
    services: [{ labels: { app: "a" }, namespace: GATEWAY_NAMESPACE, serviceAccounts: [text] }],
  })),
  destination("ports.number", "integer", (text) => ({ ports: [{ number: Number(text), protocol: "HTTP" }] })),
  destination("ports.targetPort", "integer", (text) => ({
    ports: [{ number: 80, protocol: "HTTP", targetPort: Number(text) }],
  })),
  destination("subsets.labels", "labelPart", (text) => ({ subsets: [{ labels: { a: text } }] })),
  destination("subsets.labels name", "labelPart", (text) => ({ subsets: [{ labels: { [text]: "a" } }] })),
  destination("exportTo", "labelPart", (text) => ({ exportTo: [GATEWAY_NAMESPACE, text] })),
  place("destinations.subset", SLOT, "labelPart", (text) => ({
    destination: { subsets: [{ labels: { a: text } }] },
    action: { forwardTo: { subset: { a: text } } },
  })),
];

const left = { consecutiveErrors: 5 };
const failover = (name: string, grammar: Grammar, put: (text: string) => Args): Place =>
  place(`FailoverPolicy.${name}`, SLOT, grammar, (text) => ({
    endpoints: [
      ["FailoverPolicy", put(text)],
      ["OutlierDetectionPolicy", left],
    ],
  }));
const shares = (name: string, grammar: Grammar, put: (text: string) => Args): Place =>
  endpoints("FailoverPolicy", `distribution ${name}`, grammar, (text) => ({ localityMappings: [put(text)] }));

const FROM = { region: "us-east-1" };
const whole = (to: Args): Args => ({ from: FROM, to: [{ weight: 100, ...to }] });
const part = (from: Args): Args => ({ from: { ...FROM, ...from }, to: [{ region: "us-east-1", weight: 100 }] });

const PLACES_OF_ENDPOINTS: readonly Place[] = [
  failover("from.region", "place", (region) => ({ localityMappings: [{ from: { region }, to: [FROM] }] })),
  failover("to.region", "place", (region) => ({ localityMappings: [{ from: FROM, to: [{ region }] }] })),
  failover("priorityLabels", "labelPart", (text) => ({ priorityLabels: { labels: [text] } })),
  shares("from.region", "place", (region) => part({ region })),
  shares("from.zone", "place", (zone) => part({ zone })),
  shares("from.subZone", "place", (subZone) => part({ zone: "a", subZone })),
  shares("to.region", "place", (region) => whole({ region })),
  shares("to.zone", "place", (zone) => whole({ region: "us-east-1", zone })),
  shares("to.subZone", "place", (subZone) => whole({ region: "us-east-1", zone: "a", subZone })),
  shares("to.weight", "integer", (text) => {
    const rest = 100 - Number(text);
    const to = [{ region: "a", weight: Number(text) }, ...(rest === 0 ? [] : [{ region: "b", weight: rest }])];
    return { from: FROM, to };
  }),
];

const tls = (name: string, grammar: Grammar, put: (text: string) => Args): Place =>
  endpoints("ClientTLSPolicy", name, grammar, put);
const files = { clientCertificate: "/etc/a.pem", privateKey: "/etc/a.key" };

const SECURED: readonly Place[] = [
  tls("simple.credentialName", "resourceName", (credentialName) => ({ simple: { credentialName } })),
  tls("simple.caCertificates", "resourceName", (caCertificates) => ({ simple: { caCertificates } })),
  tls("mutual.sni", "serverName", (sni) => ({ mutual: { ...files, sni } })),
  tls("mutual.credentialName", "resourceName", (credentialName) => ({ mutual: { credentialName } })),
  tls("mutual.clientCertificate", "resourceName", (text) => ({ mutual: { ...files, clientCertificate: text } })),
  tls("mutual.privateKey", "resourceName", (privateKey) => ({ mutual: { ...files, privateKey } })),
  tls("mutual.caCertificates", "resourceName", (caCertificates) => ({ mutual: { ...files, caCertificates } })),
  tls("mutual.subjectAltNames", "free", (text) => ({ mutual: { ...files, subjectAltNames: [text] } })),
];

const allowed = (name: string, grammar: Grammar, put: (text: string) => Args): Place =>
  endpoints("AccessPolicy", name, grammar, (text) => ({ authzList: [put(text)] }));
const caller = (more: Args): Args => ({ allowedClients: [more] });
const header = (name: string, more: Args): Args => ({ match: { request: { headers: { [name]: more } } } });

const ALLOWED: readonly Place[] = [
  allowed("serviceAccountSelector.name", "labelPart", (name) =>
    caller({ serviceAccountSelector: { name, namespace: "a" } }),
  ),
  allowed("serviceAccountSelector.namespace", "labelPart", (namespace) =>
    caller({ serviceAccountSelector: { namespace } }),
  ),
  allowed("notRequestPrincipals", "free", (text) =>
    caller({ requestIdentityMatcher: { notRequestPrincipals: [text] } }),
  ),
  allowed("allowedIpBlocks", "address", (text) => ({ allowedIpBlocks: [text] })),
  allowed("allowedRemoteIpBlocks", "address", (text) => ({ allowedRemoteIpBlocks: [text] })),
  allowed("headers name", "headerName", (text) => header(text, { values: ["a"] })),
  allowed("headers.values", "free", (text) => header("x-a", { values: [text] })),
  allowed("headers.notValues", "free", (text) => header("x-a", { notValues: [text] })),
];

const FAR = { fleet: "prod", workloads: { namespace: "callers" } };

const OTHERS: readonly Place[] = [
  policy("MirrorPolicy", "percentage", "percent", (text) => ({
    destination: { externalService: "backend", port: 80 },
    percentage: Number(text),
  })),
  besides("TrimProxyConfigPolicy.service.name", "trimmed", "labelPart", (text, { name }) => [
    [
      "TrimProxyConfigPolicy",
      name,
      { ...FAR, workloads: { namespace: name }, includedDestinations: [{ service: { name: text, namespace: "a" } }] },
    ],
  ]),
  besides("TrimProxyConfigPolicy.service.namespace", "trimmed", "labelPart", (text, { name }) => [
    [
      "TrimProxyConfigPolicy",
      name,
      { ...FAR, workloads: { namespace: name }, includedDestinations: [{ service: { name: "a", namespace: text } }] },
    ],
  ]),
  besides("TrimProxyConfigPolicy.workloads.labels", "trimmed", "labelPart", (text, { name }) => [
    [
      "TrimProxyConfigPolicy",
      name,
      {
        ...FAR,
        workloads: { namespace: name, labels: { a: text } },
        includedDestinations: [{ externalService: "backend" }],
      },
    ],
  ]),
];

export const DESTINATION_PLACES: readonly Place[] = [
  ...DESTINATIONS,
  ...PLACES_OF_ENDPOINTS,
  ...SECURED,
  ...ALLOWED,
  ...OTHERS,
];
