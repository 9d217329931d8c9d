import { isKnown } from "../model/deferred.js";
import { sortServedBy } from "../model/virtual-gateway.js";
import type { ClusterPlan, PlannedGateway } from "../plan/types.js";
import { type ConnectionChain, connectionChain, hasUnknownConnections, passthroughChains } from "./connection-chain.js";
import type { ConditionsOf } from "./envoy-route.js";
import { HostTable } from "./host-table.js";
import type { Server } from "./server.js";
import { VirtualHosts } from "./virtual-hosts.js";

/**
 * A bound port of some proxies and its filter chains: one chain for plaintext, or one for each TLS listener or server
 * name.
 */
export interface BoundListener {
  readonly port: number;
  readonly boundPort: number;
  readonly wireProtocol: WireProtocol;
  readonly chains: readonly Chain[];
  readonly serverNames: HostTable<Chain>;
  /** Set if server names are missing because they are not known yet. */
  readonly isPartial: boolean;
}

/** The protocol that a port expects first, the same for all listeners that share it. */
export type WireProtocol = "HTTP" | "TLS" | "TCP";

/** Listeners that share a route configuration, or one listener that forwards raw connections. */
export type Chain = HttpChain | ConnectionChain;

export interface HttpChain {
  readonly kind: "http";
  readonly servers: readonly Server[];
  readonly virtualHosts: VirtualHosts;
}

/** Gateways on the same proxies, and their bound listeners. */
export interface Proxies {
  readonly gateways: readonly PlannedGateway[];
  readonly boundListeners: ReadonlyMap<number, BoundListener>;
  /** Set if listeners are missing because they are not known yet. */
  readonly isPartial: boolean;
}

/**
 * Returns the proxies of a cluster. Istio merges the listeners of all gateways on the same proxies: mergeGateways
 * (pilot/pkg/model/gateway.go).
 */
export function proxiesOf(cluster: ClusterPlan, conditionsOf: ConditionsOf): readonly Proxies[] {
  const groups = new Map<string, PlannedGateway[]>();
  for (const gateway of cluster.gateways) {
    const key = proxiesKey(gateway);
    groups.set(key, [...(groups.get(key) ?? []), gateway]);
  }
  return [...groups.values()].map((gateways) => {
    const servers = gateways.flatMap((gateway): Server[] => {
      const tables = cluster.routeTables.filter(({ gateway: { name } }) => name === gateway.maker.name);
      return gateway.listeners.map((listener) => ({ gateway, listener, tables }));
    });
    const known = servers.filter(isKnownServer);
    return {
      gateways,
      boundListeners: boundListenersOf(known, conditionsOf),
      isPartial: known.length < servers.length,
    };
  });
}

function proxiesKey({ namespace, labels }: PlannedGateway): string {
  return JSON.stringify([namespace, Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))]);
}

function isKnownServer({ listener }: Server): boolean {
  return isKnown(listener.port) && isKnown(listener.boundPort) && sortServedBy(listener) !== undefined;
}

function wireProtocolOf({ listener }: Server): WireProtocol {
  const sort = sortServedBy(listener);
  if (listener.tls !== undefined) return "TLS";
  return sort === "http" ? "HTTP" : "TCP";
}

function boundListenersOf(servers: readonly Server[], conditionsOf: ConditionsOf): ReadonlyMap<number, BoundListener> {
  const byBound = new Map<number, Server[]>();
  for (const server of servers) {
    const bound = Number(server.listener.boundPort);
    const others = byBound.get(bound);
    if (others === undefined) byBound.set(bound, [server]);
    // on a port with HTTP, TLS and TCP listeners Istio keeps the first protocol, and of TCP a single listener
    else if (
      others[0] !== undefined &&
      wireProtocolOf(others[0]) === wireProtocolOf(server) &&
      wireProtocolOf(server) !== "TCP"
    )
      others.push(server);
  }
  const boundListeners = new Map<number, BoundListener>();
  for (const [boundPort, group] of byBound) {
    const wireProtocol = group[0] === undefined ? "HTTP" : wireProtocolOf(group[0]);
    const named =
      wireProtocol === "HTTP"
        ? [{ names: [], chain: httpChain(group, boundPort, conditionsOf) }]
        : group.flatMap((server) => chainsOf(server, boundPort, conditionsOf));
    const isPartial = group.some((server) => sortServedBy(server.listener) !== "http" && hasUnknownConnections(server));
    // Istio creates no listener without routes
    if (named.length === 0 && !isPartial) continue;
    const chains = named.map(({ chain }) => chain);
    const serverNames = serverNamesOf(named);
    for (const { listener } of group) {
      const port = Number(listener.port);
      if (!boundListeners.has(port))
        boundListeners.set(port, { port, boundPort, wireProtocol, chains, serverNames, isPartial });
    }
  }
  return boundListeners;
}

interface Named {
  readonly names: readonly string[];
  readonly chain: Chain;
}

function httpChain(servers: readonly Server[], boundPort: number, conditionsOf: ConditionsOf): HttpChain {
  return { kind: "http", servers, virtualHosts: new VirtualHosts(servers, boundPort, conditionsOf) };
}

/** Returns the filter chains of a TLS or TCP listener, with the server names that select them. */
function chainsOf(server: Server, boundPort: number, conditionsOf: ConditionsOf): readonly Named[] {
  const names = server.listener.hosts.filter(isKnown);
  switch (sortServedBy(server.listener)) {
    case "tls":
      return passthroughChains(server);
    case "tcp": {
      const chain = connectionChain(server);
      return chain === undefined ? [] : [{ names, chain }];
    }
    default:
      return [{ names, chain: httpChain([server], boundPort, conditionsOf) }];
  }
}

/** Returns the filter chain for a client that sends this server name; without TLS there is none to select by. */
export function chainFor(
  { chains, wireProtocol, serverNames }: BoundListener,
  serverName: string | undefined,
): Chain | undefined {
  return wireProtocol === "TLS" ? serverNames.find(serverName ?? "") : chains[0];
}

/** If two listeners share a TLS host, Istio keeps the first. */
function serverNamesOf(named: readonly Named[]): HostTable<Chain> {
  const table = new HostTable<Chain>();
  for (const { names, chain } of named) {
    for (const name of names) {
      const domain = name.toLowerCase();
      if (table.get(domain) === undefined) table.set(domain, chain);
    }
  }
  return table;
}
