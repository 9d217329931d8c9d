/** Maps planned gateways to `Gateway` of networking.istio.io/v1. */

import { TlsMode, type TlsVersion } from "../../args/virtual-gateway.js";
import { dnsName } from "../../kube/names.js";
import type { Json, KubeObject } from "../../kube/object.js";
import { derive, type Leaf } from "../../model/deferred.js";
import type { ListenerTls } from "../../model/virtual-gateway.js";
import type { PlannedEastWestGateway, PlannedEntrance, PlannedGateway, PlannedListener } from "../../plan/types.js";
import { istioObject } from "./object.js";

/** Renders a virtual gateway. */
export function renderGateway(gateway: PlannedGateway): KubeObject {
  return istioObject(
    "Gateway",
    gateway.maker,
    { namespace: gateway.namespace },
    { selector: gateway.labels, servers: gateway.listeners.map(renderServer) },
  );
}

function renderServer(listener: PlannedListener): Json {
  const { boundPort, protocol, hosts } = listener;
  return {
    port: {
      number: boundPort,
      name: derive([protocol, boundPort], () => `${protocol.toLowerCase()}-${boundPort}`),
      protocol,
    },
    ...(listener.tls !== undefined && { tls: renderTls(listener.tls) }),
    ...(listener.tls === undefined &&
      listener.httpsRedirect !== false && { tls: { httpsRedirect: listener.httpsRedirect } }),
    hosts,
  };
}

function renderTls(tls: ListenerTls): Json {
  if (tls.mode === TlsMode.Passthrough) return { mode: tls.mode };
  return {
    mode: tls.mode,
    ...(tls.secretName !== undefined && { credentialName: tls.secretName }),
    minProtocolVersion: tlsVersion(tls.minimumProtocolVersion),
    ...(tls.maximumProtocolVersion !== undefined && { maxProtocolVersion: tlsVersion(tls.maximumProtocolVersion) }),
    ...(tls.cipherSuites !== undefined && { cipherSuites: tls.cipherSuites }),
  };
}

/** Istio writes TLS versions in upper case, Gloo does not. */
function tlsVersion(version: Leaf<TlsVersion>): Leaf<string> {
  return derive([version], () => version.toUpperCase());
}

/**
 * Renders an east-west gateway, which passes TLS through by SNI, or accepts plaintext HTTP if the cluster has no mesh.
 */
export function renderEastWestGateway(gateway: PlannedEastWestGateway): KubeObject {
  const { port } = gateway;
  const plaintext = gateway.mode === "PLAINTEXT";
  return istioObject(
    "Gateway",
    gateway.maker,
    { namespace: gateway.namespace, part: ["east-west"] },
    {
      selector: gateway.labels,
      servers: [
        {
          port: {
            number: port,
            name: derive([port], () => `${plaintext ? "http" : "tls"}-${port}`),
            protocol: plaintext ? "HTTP" : "TLS",
          },
          ...(!plaintext && { tls: { mode: "AUTO_PASSTHROUGH" } }),
          hosts: gateway.hosts,
        },
      ],
    },
  );
}

/** Returns the name by which VirtualServices bind to a fleet's east-west gateway. */
export function eastWestGatewayName(gateway: PlannedEntrance["gateway"]): string {
  return `${gateway.namespace}/${dnsName(gateway.fleet, "east-west")}`;
}

/**
 * Renders the server at which an east-west gateway terminates mutual TLS for one destination. Uses protocol TLS,
 * because HTTPS would require Host to be one of the server's hosts.
 */
export function renderTerminationGateway(entrance: PlannedEntrance): KubeObject {
  const { port } = entrance.gateway;
  return istioObject(
    "Gateway",
    entrance.maker,
    { namespace: entrance.gateway.namespace, part: [...entrance.part, "east-west", "termination"] },
    {
      selector: entrance.gateway.labels,
      servers: [
        {
          port: { number: port, name: derive([port], () => `tls-${port}`), protocol: "TLS" },
          tls: { mode: "ISTIO_MUTUAL" },
          hosts: terminationHosts(entrance),
        },
      ],
    },
  );
}

/** Callers send the host itself as SNI or, as Envoy does by default, a name below it. */
export function terminationHosts(entrance: PlannedEntrance): string[] {
  return entrance.hosts.flatMap((host) => [host, `*.${host}`]);
}
