import { isDeferred, isKnown } from "../model/deferred.js";
import { commonHosts } from "../model/host.js";
import type { ConnectionMatcher } from "../model/route.js";
import type { PlannedConnectionRoute, PlannedRouteTable } from "../plan/types.js";
import type { Server } from "./server.js";

/** What a listener does with connections that it does not look into. */
export interface ConnectionChain {
  readonly kind: "connections";
  readonly servers: readonly [Server];
  readonly table: PlannedRouteTable;
  readonly route: PlannedConnectionRoute;
  /** Index of the matcher; absent for a route that takes every connection. */
  readonly matcher?: number;
}

/** A chain, and the server names that lead to it. */
export interface NamedChain {
  readonly names: readonly string[];
  readonly chain: ConnectionChain;
}

/**
 * What a listener does that passes TLS through: a chain for each matcher.
 *
 * Istio: buildGatewayNetworkFiltersFromTLSRoutes (pilot/pkg/networking/core/gateway.go). The hosts of the listener choose tables, and no names.
 */
export function passthroughChains(server: Server): readonly NamedChain[] {
  return tablesAt(server).flatMap((table) =>
    (table.tls ?? []).flatMap((route) =>
      route.matchers.flatMap((matcher, index): NamedChain[] => {
        if (!isAt(matcher, server)) return [];
        const names = (matcher.sniHosts ?? []).filter(isKnown);
        return [{ names, chain: { kind: "connections", servers: [server], table, route, matcher: index } }];
      }),
    ),
  );
}

/** What a listener does with TCP, or with TLS that it opens: the first table that has a route for it, and there the first such route. */
export function connectionChain(server: Server): ConnectionChain | undefined {
  for (const table of tablesAt(server)) {
    for (const route of table.tcp ?? []) {
      const matcher = route.matchers.findIndex((each) => isAt(each, server));
      const found = { kind: "connections", servers: [server], table, route } as const;
      if (route.matchers.length === 0) return found;
      if (matcher >= 0) return { ...found, matcher };
    }
  }
  return undefined;
}

/** Whether a listener takes connections that depend on values that are not known yet. */
export function hasUnknownConnections({ listener, tables }: Server): boolean {
  const leaves = [
    ...listener.hosts,
    ...tables.flatMap(({ hosts, tls = [], tcp = [] }) => [
      ...(tls.length + tcp.length > 0 ? hosts : []),
      ...[...tls, ...tcp].flatMap(({ matchers }) => matchers.flatMap(({ port, sniHosts = [] }) => [port, ...sniHosts])),
    ]),
  ];
  return leaves.some(isDeferred);
}

function tablesAt({ listener, tables }: Server): readonly PlannedRouteTable[] {
  const hosts = listener.hosts.filter(isKnown);
  return tables.filter((table) => commonHosts(hosts, table.hosts.filter(isKnown)).length > 0);
}

function isAt({ port }: ConnectionMatcher, { listener }: Server): boolean {
  return port === undefined || port === listener.boundPort;
}
