import { isDeferred, isKnown } from "../model/deferred.js";
import { commonHosts } from "../model/host.js";
import type { ConnectionMatcher } from "../model/route.js";
import type { PlannedConnectionRoute, PlannedRouteTable } from "../plan/types.js";
import type { Server } from "./server.js";

/** A filter chain that forwards raw connections. */
export interface ConnectionChain {
  readonly kind: "connections";
  readonly servers: readonly [Server];
  readonly table: PlannedRouteTable;
  readonly route: PlannedConnectionRoute;
  /** Index of the matcher; absent if the route takes every connection. */
  readonly matcher?: number;
}

/** A filter chain, and the server names that select it. */
export interface NamedChain {
  readonly names: readonly string[];
  readonly chain: ConnectionChain;
}

/**
 * Returns the filter chains of a TLS passthrough listener, one for each matcher.
 *
 * Istio: buildGatewayNetworkFiltersFromTLSRoutes (pilot/pkg/networking/core/gateway.go). The listener's hosts select
 * tables, not server names.
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

/**
 * Returns the filter chain of a TCP listener, or of one that terminates TLS: the first matching route of the first
 * table that has one.
 */
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

/** Reports whether a listener's connection routing depends on values that are not known yet. */
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
