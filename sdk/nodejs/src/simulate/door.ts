import { ListenerProtocol } from "../args/virtual-gateway.js";
import { isKnown } from "../model/deferred.js";
import type { ClusterPlan, PlannedGateway } from "../plan/types.js";
import type { ConditionCache } from "./entry.js";
import { HostTable } from "./host-table.js";
import { type Server, VirtualHosts } from "./virtual-hosts.js";

/** What answers on one port of some proxies: one configuration for plaintext, or one for each TLS listener. */
export interface Door {
  readonly port: number;
  readonly boundPort: number;
  readonly isTls: boolean;
  readonly chains: readonly Chain[];
  readonly serverNames: HostTable<Chain>;
}

/** The listeners that share a route configuration. */
export interface Chain {
  readonly servers: readonly Server[];
  readonly virtualHosts: VirtualHosts;
}

/** Gateways on the same proxies, and their ports. */
export interface Proxies {
  readonly gateways: readonly PlannedGateway[];
  readonly doors: ReadonlyMap<number, Door>;
  /** Whether listeners are left out because they are not known yet. */
  readonly isPartial: boolean;
}

/** The proxies of a cluster. Istio merges the listeners of all gateways on the same proxies: mergeGateways (pilot/pkg/model/gateway.go). */
export function proxiesOf(cluster: ClusterPlan, cache: ConditionCache): readonly Proxies[] {
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
    return { gateways, doors: doorsOf(known, cache), isPartial: known.length < servers.length };
  });
}

function proxiesKey({ namespace, labels }: PlannedGateway): string {
  return JSON.stringify([namespace, Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))]);
}

function isKnownServer({ listener: { port, boundPort, protocol } }: Server): boolean {
  return isKnown(port) && isKnown(boundPort) && isKnown(protocol);
}

function doorsOf(servers: readonly Server[], cache: ConditionCache): ReadonlyMap<number, Door> {
  const byBound = new Map<number, Server[]>();
  for (const server of servers) {
    const bound = Number(server.listener.boundPort);
    const others = byBound.get(bound);
    if (others === undefined) byBound.set(bound, [server]);
    // of plaintext and TLS on one port Istio keeps what comes first
    else if (others[0]?.listener.protocol === server.listener.protocol) others.push(server);
  }
  const doors = new Map<number, Door>();
  for (const [boundPort, group] of byBound) {
    const isTls = group[0]?.listener.protocol === ListenerProtocol.Https;
    const chains = (isTls ? group.map((server) => [server]) : [group]).map((of) => ({
      servers: of,
      virtualHosts: new VirtualHosts(of, boundPort, cache),
    }));
    const serverNames = serverNamesOf(chains);
    for (const { listener } of group) {
      const port = Number(listener.port);
      if (!doors.has(port)) doors.set(port, { port, boundPort, isTls, chains, serverNames });
    }
  }
  return doors;
}

/** What answers a client that asks for this server name; plaintext has none. */
export function chainFor({ chains, isTls, serverNames }: Door, serverName: string | undefined): Chain | undefined {
  return isTls ? serverNames.find(serverName ?? "") : chains[0];
}

/** Of two listeners with one TLS host Istio keeps the first. */
function serverNamesOf(chains: readonly Chain[]): HostTable<Chain> {
  const names = new HostTable<Chain>();
  for (const chain of chains) {
    for (const host of chain.servers.flatMap(({ listener }) => listener.hosts.filter(isKnown))) {
      const domain = host.toLowerCase();
      if (names.get(domain) === undefined) names.set(domain, chain);
    }
  }
  return names;
}
