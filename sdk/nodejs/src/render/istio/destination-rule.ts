/**
 * Maps destinations to `DestinationRule` of networking.istio.io/v1. Every setting is written at port level, because
 * ports inherit nothing.
 */
import { PortProtocol } from "../../args/virtual-destination.js";
import type { Json, KubeObject } from "../../kube/object.js";
import { CLUSTER_LABEL } from "../../model/topology.js";
import { callersOf } from "../../plan/callers.js";
import type { PlannedSubset } from "../../plan/planned-target.js";
import { subsetParts } from "../../plan/ports.js";
import type {
  ChosenSubsets,
  PlannedDestination,
  PlannedEntrance,
  PlannedExternalPort,
  PlannedExternalService,
  PlannedRouteTable,
  PlannedSidecarTable,
} from "../../plan/types.js";
import { renderClientTls, renderConnectionPool, renderEndpointChoice } from "./destination-policies.js";
import { istioObject, type SuppressedFinding, unlessEmpty } from "./object.js";

/**
 * Renders callers' settings toward a destination, one object for each of its hosts and these subsets.
 *
 * While one object replaces another, Istio merges both: the result has the subsets of either, and the older one's host
 * settings.
 */
export function renderDestinationRules(destination: PlannedDestination): KubeObject[] {
  const { maker, namespace, part, hosts, hostParts, subsets, exportTo } = destination;
  const policy = trafficPolicy(destination);
  return hosts.map((host, index) =>
    istioObject(
      "DestinationRule",
      maker,
      {
        namespace,
        part: [...part, ...(hostParts[index] ?? []), ...subsetParts(subsets)],
        suppressed: suppressedFindings(destination),
      },
      {
        host,
        exportTo,
        ...(policy && { trafficPolicy: policy }),
        subsets: unlessEmpty(subsets.map(renderSubset)),
      },
    ),
  );
}

function suppressedFindings(destination: PlannedDestination): SuppressedFinding[] {
  const tls = destination.policies?.clientTls;
  return [
    ...(tls !== undefined && "credentialName" in tls ? (["IST0129"] as const) : []),
    ...(spansClusters(destination) ? (["IST0173"] as const) : []),
  ];
}

/** Reports whether all pods of a subset may be in other clusters. */
function spansClusters({ subsets, remote, keepRemote, near }: PlannedDestination): boolean {
  return subsets.length > 0 && (remote.length > 0 || keepRemote || near !== undefined);
}

function trafficPolicy({ tls, identities, sni, ports, policies }: PlannedDestination): Json | undefined {
  const mutual = {
    mode: "ISTIO_MUTUAL",
    ...(identities.length > 0 && { subjectAltNames: identities }),
    ...(sni !== undefined && { sni }),
  };
  const planned = tls === "NONE" ? { mode: "DISABLE" } : tls === "PER_ENDPOINT" ? undefined : mutual;
  const settings = policies?.clientTls ? renderClientTls(policies.clientTls, mutual) : planned;
  // a Service's protocol is unknown here, so the client's protocol is passed on
  const pool = renderConnectionPool(policies?.connection, {
    keepsProtocol: sni !== undefined && ports.some(({ protocol }) => protocol !== PortProtocol.Tcp),
  });
  const choice = policies ? renderEndpointChoice(policies) : {};
  // probes alone change nothing in a DestinationRule
  if (settings === undefined && pool === undefined && Object.keys(choice).length === 0) return undefined;
  // subsets inherit from the port, as long as they have no traffic policy of their own
  return {
    portLevelSettings: ports.map(({ number }) => ({
      port: { number },
      ...(settings && { tls: settings }),
      ...(pool && { connectionPool: pool }),
      ...choice,
    })),
  };
}

function renderSubset({ name, labels }: PlannedSubset): Json {
  return { name, labels };
}

/**
 * Renders subsets that a table's routes choose, in the callers' namespace; their own rules hide the ones in the host's
 * namespace.
 */
export function renderChosenSubsets(table: PlannedRouteTable | PlannedSidecarTable, chosen: ChosenSubsets): KubeObject {
  const { namespace, part } = callersOf(table);
  const { host, exportTo, subsets, ports } = chosen;
  const policy = externalPolicy(ports);
  const isPinned = subsets.some(({ labels }) => CLUSTER_LABEL in labels);
  const suppressed = [...suppressedTlsFindings(ports), ...(isPinned ? (["IST0173"] as const) : [])];
  return istioObject(
    "DestinationRule",
    table.maker,
    { namespace, part: [...part, ...chosen.part, ...subsetParts(subsets)], suppressed },
    { host, exportTo, ...(policy && { trafficPolicy: policy }), subsets: subsets.map(renderSubset) },
  );
}

/**
 * Renders an east-west gateway's settings toward pods of its cluster: plaintext if they have no sidecars, and the
 * destination's policies.
 *
 * All of these apply here too, except for locality preference: the gateway is one more caller of these pods, and where
 * it passes TLS through instead, Istio applies the destination's own rule to it. All ports are alike, so settings go
 * above the ports, which have none of their own to override them.
 */
export function renderHomeRule(entrance: PlannedEntrance): KubeObject[] {
  const { pods, maker, gateway } = entrance;
  const { outlierDetection, loadBalancer, connection, clientTls } = entrance;
  const pool = renderConnectionPool(connection);
  const trafficPolicy = {
    ...(entrance.kind === "plaintext" && { tls: { mode: "DISABLE" } }),
    ...(clientTls && { tls: renderClientTls(clientTls) }),
    ...(pool && { connectionPool: pool }),
    ...renderEndpointChoice({
      ...(outlierDetection && { outlierDetection, preference: { kind: "nearest" } }),
      ...(loadBalancer && { loadBalancer }),
    }),
  };
  if (pods === undefined || Object.keys(trafficPolicy).length === 0) return [];
  return [
    istioObject(
      "DestinationRule",
      maker,
      { namespace: pods.namespace, part: [...entrance.part, "home"] },
      {
        host: entrance.localHost,
        exportTo: [gateway.namespace === pods.namespace ? "." : gateway.namespace],
        trafficPolicy,
      },
    ),
  ];
}

/** Renders the TLS that callers originate toward an external service. */
export function renderExternalRules(service: PlannedExternalService): KubeObject[] {
  const { hosts, hostParts, maker, namespace, exportTo, ports } = service;
  const policy = externalPolicy(ports);
  if (policy === undefined) return [];
  return hosts.map((host, index) =>
    istioObject(
      "DestinationRule",
      maker,
      { namespace, part: ["tls", ...(hostParts[index] ?? [])], suppressed: suppressedTlsFindings(ports) },
      { host, exportTo, trafficPolicy: policy },
    ),
  );
}

function suppressedTlsFindings(ports: readonly PlannedExternalPort[]): SuppressedFinding[] {
  return ports.some(({ tls }) => tls?.credentialName !== undefined) ? ["IST0129"] : [];
}

function externalPolicy(ports: readonly PlannedExternalPort[]): Json | undefined {
  const portLevelSettings = ports.flatMap(({ number, tls }) => (tls === undefined ? [] : [{ port: { number }, tls }]));
  return portLevelSettings.length === 0 ? undefined : { portLevelSettings: portLevelSettings as unknown as Json };
}
