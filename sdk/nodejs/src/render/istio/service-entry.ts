/** Maps destinations to `ServiceEntry` of networking.istio.io/v1. */
import type { Json, KubeObject } from "../../kube/object.js";
import { derive } from "../../model/deferred.js";
import { subsetKey } from "../../model/labels.js";
import type { Labels } from "../../plan/planned-target.js";
import { subsetParts } from "../../plan/ports.js";
import type {
  PlannedDestination,
  PlannedEndpoint,
  PlannedEntrance,
  PlannedExternalService,
  PlannedPort,
} from "../../plan/types.js";
import { istioObject, localityText, unlessEmpty } from "./object.js";

/** The objects of a destination: for pods, and for gateways of other networks. */
export interface DestinationEntries {
  readonly local: readonly KubeObject[];
  readonly remote: readonly KubeObject[];
}

/**
 * Renders a destination with backends in several clusters: for each host, one object for each selector of near pods,
 * and one for the gateways of other networks.
 *
 * Istio merges objects of the same host and namespace if their ports and resolution are identical; endpoints are
 * inline, because plain Services would adopt WorkloadEntries.
 */
export function renderDestinationEntries(destination: PlannedDestination): DestinationEntries {
  const { hosts, part, hostParts } = destination;
  const all = hosts.map((host, index) => renderHost(destination, host, [...part, ...(hostParts[index] ?? [])]));
  return { local: all.flatMap(({ local }) => local), remote: all.flatMap(({ remote }) => remote) };
}

function renderHost(destination: PlannedDestination, host: string, part: readonly string[]): DestinationEntries {
  const { maker, namespace, ports } = destination;
  const spec = {
    hosts: [host],
    exportTo: destination.exportTo,
    location: "MESH_INTERNAL",
    resolution: destination.resolution,
    ports: ports.map(renderPort),
    ...(destination.identities.length > 0 && { subjectAltNames: destination.identities }),
  };
  const local = selectorEntries([...part, "local"], destination.local).map(({ part, labels }) =>
    istioObject("ServiceEntry", maker, { namespace, part }, { ...spec, workloadSelector: { labels } }),
  );
  if (destination.remote.length === 0 && !destination.keepRemote) return { local, remote: [] };
  // the merged host takes the address of the first object
  const place = {
    namespace,
    part: [...part, "remote", ...subsetParts(destination.subsets)],
    ...(local.length > 0 && { labels: { "networking.istio.io/enable-autoallocate-ip": "false" } }),
  };
  const endpoints =
    destination.remote.length === 0
      ? { workloadSelector: { labels: { "meshway.io/none": "true" } } }
      : { endpoints: destination.remote.map((endpoint) => renderEndpoint(endpoint, ports)) };
  return { local, remote: [istioObject("ServiceEntry", maker, place, { ...spec, ...endpoints })] };
}

/** Returns one part for each selector, named by it if there are several. */
function selectorEntries(part: readonly string[], selectors: readonly Labels[]): { part: string[]; labels: Labels }[] {
  return selectors.map((labels) => ({
    part: selectors.length === 1 ? [...part] : [...part, subsetKey(labels)],
    labels,
  }));
}

function renderPort(port: PlannedPort): Json {
  return {
    number: port.number,
    name: port.name,
    protocol: port.protocol,
    ...(port.targetPort !== port.number && { targetPort: port.targetPort }),
  };
}

function renderEndpoint(endpoint: PlannedEndpoint, ports: readonly PlannedPort[]): Json {
  const mutualTls = endpoint.mutualTls !== false;
  return {
    address: endpoint.address,
    ports: Object.fromEntries(ports.map(({ name }) => [name, endpoint.port])),
    // keeps an east-west gateway from forwarding other networks' requests to a third network
    ...(mutualTls && { network: endpoint.network }),
    ...(endpoint.locality && { locality: localityText(endpoint.locality) }),
    labels: {
      ...endpoint.labels,
      ...(mutualTls && { "security.istio.io/tlsMode": derive([endpoint.mutualTls], () => "istio") }),
    },
  };
}

/** Renders the host with the backends of one cluster only, so that an entrance never sends requests back out. */
export function renderHomeEntries(entrance: PlannedEntrance): KubeObject[] {
  const { gateway, pods, maker } = entrance;
  if (pods === undefined) return [];
  return selectorEntries([...entrance.part, "home"], pods.selectors).map(({ part, labels }) =>
    istioObject(
      "ServiceEntry",
      maker,
      { namespace: pods.namespace, part },
      {
        hosts: [entrance.localHost],
        exportTo: [gateway.namespace === pods.namespace ? "." : gateway.namespace],
        location: "MESH_INTERNAL",
        resolution: "STATIC",
        ports: entrance.ports.map(renderPort),
        workloadSelector: { labels },
      },
    ),
  );
}

/** Renders an external service, one object for each of its hosts. */
export function renderExternalService(service: PlannedExternalService): KubeObject[] {
  return service.hosts.map((host, index) => renderExternalHost(service, host, service.hostParts[index] ?? []));
}

function renderExternalHost(service: PlannedExternalService, host: string, part: readonly string[]): KubeObject {
  return istioObject(
    "ServiceEntry",
    service.maker,
    { namespace: service.namespace, part },
    {
      hosts: [host],
      addresses: unlessEmpty(service.addresses),
      exportTo: service.exportTo,
      location: "MESH_EXTERNAL",
      resolution: service.resolution,
      ports: service.ports.map(renderPort),
      endpoints: unlessEmpty(
        service.endpoints.map((endpoint) => ({
          address: endpoint.address,
          ...(Object.keys(endpoint.ports).length > 0 && { ports: endpoint.ports }),
          ...(endpoint.locality && { locality: localityText(endpoint.locality) }),
          ...(Object.keys(endpoint.labels).length > 0 && { labels: endpoint.labels }),
        })),
      ),
      subjectAltNames: unlessEmpty(service.subjectAltNames),
    },
  );
}
