import { ClientTlsMode } from "../args/external-service.js";
import { type Deferred, derive } from "../model/deferred.js";
import type { ClientsideTls, ExternalService } from "../model/external-service.js";
import type { Fleet } from "../model/fleet.js";
import { clustersNamed } from "../model/fleet.js";
import { isIpAddress } from "../model/host.js";
import { seersOfService } from "../model/visibility.js";
import type { Workspaces } from "../model/workspace.js";
import { shapedBy } from "./endpoints.js";
import { hostPart } from "./host-part.js";
import type { PlannedExternalPort, PlannedExternalService } from "./types.js";

/** Plans an external service for each of its clusters. */
export function planExternalService(
  name: string,
  service: ExternalService,
  { fleet, workspaces: model }: { readonly fleet: Fleet; readonly workspaces: Workspaces },
): { cluster: string; service: PlannedExternalService }[] {
  const hostParts = service.hosts.map((_, index) => hostPart(name, service.hosts, index, service.undecided));
  const planned = (exportTo: readonly string[]): PlannedExternalService => ({
    maker: { kind: "ExternalService", name },
    namespace: service.namespace,
    hosts: service.hosts,
    hostParts,
    addresses: service.addresses,
    exportTo,
    ports: planExternalPorts(service),
    endpoints: service.endpoints,
    resolution: resolution(service),
    subjectAltNames: service.subjectAltNames,
    ...externalShape(service),
  });
  return clustersNamed(fleet, service.clusters).map((cluster) => ({
    cluster: cluster.name,
    service: planned(seersOfService({ model, fleet, cluster }, name, service)),
  }));
}

/** The ports of an external service, with names and TLS filled in. */
export function planExternalPorts(service: ExternalService): PlannedExternalPort[] {
  return service.ports.map((port) => ({
    name: port.name ?? derive([port.protocol, port.number], () => `${port.protocol.toLowerCase()}-${port.number}`),
    number: port.number,
    protocol: port.protocol,
    targetPort: port.targetPort ?? port.number,
    ...(port.clientsideTls && { tls: planTls(port.clientsideTls, service) }),
  }));
}

/** Returns the leaves that decide which TLS settings exist. */
export function externalShape(service: ExternalService): { shapedBy?: Deferred } {
  const host = service.hosts.length === 1 ? service.hosts[0] : undefined;
  return shapedBy(
    service.ports.flatMap(({ clientsideTls: tls }) => (tls ? [tls.mode, tls.insecureSkipVerify, tls.sni ?? host] : [])),
  );
}

/** Once Meshway sets a server name, Envoy verifies a certificate only against listed subject alternative names. */
function planTls(tls: ClientsideTls, { hosts, subjectAltNames }: ExternalService): PlannedExternalPort["tls"] {
  if (tls.mode === ClientTlsMode.Disable) return { mode: tls.mode };
  const onlyHost = hosts.length === 1 && !hosts[0]?.startsWith("*") ? hosts[0] : undefined;
  const sni = tls.sni ?? onlyHost;
  const own =
    sni === undefined || tls.mode === ClientTlsMode.IstioMutual || tls.insecureSkipVerify === true ? [] : [sni];
  const names = subjectAltNames.length > 0 ? subjectAltNames : own;
  return { ...tls, ...(sni !== undefined && { sni }), ...(names.length > 0 && { subjectAltNames: names }) };
}

/**
 * Static if all endpoints are IP addresses, otherwise DNS. A wildcard host without endpoints goes where the client
 * asked.
 */
function resolution(service: ExternalService): PlannedExternalService["resolution"] {
  const addresses = service.endpoints.map(({ address }) => address);
  if (addresses.length > 0) return derive(addresses, () => (addresses.every(isIpAddress) ? "STATIC" : "DNS"));
  return derive(service.hosts, () => (service.hosts.some((host) => host.startsWith("*")) ? "NONE" : "DNS"));
}
