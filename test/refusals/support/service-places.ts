/** Places in services outside the fleet, and in fleets. */
import { type Args, besides, type Own, type Place, type Resource } from "./place.js";
import type { Grammar } from "./texts.js";
import { CLUSTER, GATEWAY_NAMESPACE } from "./world.js";

const PORT = { number: 80, protocol: "HTTP" };
const ENDPOINT = { address: "203.0.113.1" };

function service({ name }: Own, more: Args): readonly Resource[] {
  const usual = { fleet: "prod", namespace: GATEWAY_NAMESPACE, hosts: [`${name}.example.org`], ports: [PORT] };
  return [["ExternalService", name, { ...usual, ...more }]];
}

const external = (name: string, grammar: Grammar, put: (text: string, own: Own) => Args): Place =>
  besides(`ExternalService.${name}`, "external", grammar, (text, own) => service(own, put(text, own)));

const endpoint = (more: Args): Args => ({ endpoints: [{ ...ENDPOINT, ...more }] });
const secured = (clientsideTls: Args): Args => ({ ports: [{ ...PORT, clientsideTls }] });
const shown = { clientCertificate: "/etc/a.pem", privateKey: "/etc/a.key" };

const SERVICES: readonly Place[] = [
  external("hosts", "label", (text, { name }) => ({ hosts: [`${text}.${name}.example.org`] })),
  external("hosts with endpoints", "label", (text, { name }) => ({
    hosts: [`${text}.${name}.example.org`],
    endpoints: [ENDPOINT],
  })),
  external("addresses", "address", (text) => ({ addresses: [text], endpoints: [ENDPOINT] })),
  external("ports.number", "integer", (text) => ({ ports: [{ ...PORT, number: Number(text) }] })),
  external("ports.name", "labelPart", (name) => ({ ports: [{ ...PORT, name }] })),
  external("ports.targetPort", "integer", (text) => ({ ports: [{ ...PORT, targetPort: Number(text) }] })),
  external("ports.clientsideTls.sni", "serverName", (sni) => secured({ sni })),
  external("ports.clientsideTls.credentialName", "resourceName", (credentialName) => secured({ credentialName })),
  external("ports.clientsideTls.caCertificates", "resourceName", (caCertificates) => secured({ caCertificates })),
  external("ports.clientsideTls.clientCertificate", "resourceName", (clientCertificate) =>
    secured({ mode: "MUTUAL", ...shown, clientCertificate }),
  ),
  external("ports.clientsideTls.privateKey", "resourceName", (privateKey) =>
    secured({ mode: "MUTUAL", ...shown, privateKey }),
  ),
  external("endpoints.address", "address", (address) => endpoint({ address })),
  external("endpoints.address beside another", "address", (address) => ({ endpoints: [ENDPOINT, { address }] })),
  external("endpoints.ports", "integer", (text) => endpoint({ ports: { "http-80": Number(text) } })),
  external("endpoints.ports name", "labelPart", (text) => ({
    ports: [{ ...PORT, name: text }],
    endpoints: [{ ...ENDPOINT, ports: { [text]: 8080 } }],
  })),
  external("endpoints.labels", "labelPart", (text) => endpoint({ labels: { a: text } })),
  external("endpoints.labels name", "labelPart", (text) => endpoint({ labels: { [text]: "a" } })),
  external("endpoints.locality.region", "place", (region) => endpoint({ locality: { region } })),
  external("endpoints.locality.zone", "place", (zone) => endpoint({ locality: { region: "a", zone } })),
  external("endpoints.locality.subZone", "place", (subZone) =>
    endpoint({ locality: { region: "a", zone: "b", subZone } }),
  ),
  external("subjectAltNames", "resourceName", (text) => ({ subjectAltNames: [text], ...secured({}) })),
  external("exportTo", "labelPart", (text) => ({ exportTo: [GATEWAY_NAMESPACE, text] })),
];

const door = (more: Args): Args => ({ eastWestGateway: { addresses: ["203.0.113.9"], ...more } });

/** A fleet for one table; a destination has pods in its second cluster. */
function fleet({ name }: Own, west: Args, east: Args = {}): readonly Resource[] {
  const clusters = [
    { name: CLUSTER, ...door({ labels: { istio: name }, addresses: ["203.0.113.8"] }), ...east },
    { name: "west", ...door({}), ...west },
  ];
  const services = [{ labels: { app: "a" }, namespace: GATEWAY_NAMESPACE, serviceAccounts: ["a"] }];
  return [
    ["Fleet", name, { clusters }],
    ["VirtualDestination", `${name}-far`, { fleet: name, hosts: [`${name}.far`], services, ports: [PORT] }],
  ];
}

const far = (name: string, grammar: Grammar, put: (text: string) => Args): Place =>
  besides(`Fleet.${name}`, "fleet", grammar, (text, own) => fleet(own, put(text)));

/** Returns a place that is written to the proxies' cluster. */
const near = (name: string, grammar: Grammar, put: (text: string, own: Own) => Args): Place =>
  besides(`Fleet.${name}`, "fleet", grammar, (text, own) =>
    fleet(own, {}, door({ labels: { istio: own.name }, addresses: ["203.0.113.8"], ...put(text, own) })),
  );

const FLEETS: readonly Place[] = [
  far("locality.region", "place", (region) => ({ locality: { region } })),
  far("locality.zone", "place", (zone) => ({ locality: { region: "a", zone } })),
  far("locality.subZone", "place", (subZone) => ({ locality: { region: "a", zone: "b", subZone } })),
  far("network", "labelPart", (network) => ({ network })),
  far("trustDomain", "serverName", (trustDomain) => ({ trustDomain })),
  far("clusterDomain", "serverName", (clusterDomain) => ({ clusterDomain })),
  far("eastWestGateway.addresses", "address", (text) => door({ addresses: [text] })),
  far("eastWestGateway.port", "integer", (text) => door({ port: Number(text) })),
  far("eastWestGateway.tlsTerminationPort", "integer", (text) => door({ tlsTerminationPort: Number(text) })),
  far("eastWestGateway.serviceAccount", "labelPart", (serviceAccount) => door({ serviceAccount })),
  near("eastWestGateway.namespace", "labelPart", (namespace) => ({ namespace })),
  near("eastWestGateway.labels", "labelPart", (text, own) => ({ labels: { istio: own.name, a: text } })),
  near("eastWestGateway.exposedHosts", "label", (text, own) => ({
    exposedHosts: ["*.far", `${text}.${own.name}.near`],
  })),
];

export const SERVICE_PLACES: readonly Place[] = [...SERVICES, ...FLEETS];
