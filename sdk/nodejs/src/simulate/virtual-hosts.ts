import { isDeferred, isKnown } from "../model/deferred.js";
import { commonHosts } from "../model/host.js";
import type { PlannedListener, PlannedRouteTable } from "../plan/types.js";
import { type ConditionCache, type Entry, entriesOf, hasEntries } from "./entry.js";
import { EntryIndex } from "./entry-index.js";
import { HostTable } from "./host-table.js";
import type { Server } from "./server.js";

/** What happens to requests for one host. */
export class VirtualHost {
  readonly domain: string;
  readonly server: Server;
  readonly tables: string[] = [];
  redirectsToHttps: PlannedListener["httpsRedirect"] = false;
  readonly #entries: (() => readonly Entry[])[] = [];
  #index: EntryIndex | undefined;
  #ordered: readonly Entry[] | undefined;

  constructor(domain: string, server: Server) {
    this.domain = domain;
    this.server = server;
  }

  /** Adds the routes of a table; they are compiled when they are asked for. */
  add(table: PlannedRouteTable, entries: () => readonly Entry[]): void {
    this.tables.push(table.maker.name);
    this.#entries.push(entries);
  }

  /** In the order in which they are tried: where tables share a host, routes that take everything come last (SortVHostRoutes). */
  get entries(): readonly Entry[] {
    if (this.#ordered !== undefined) return this.#ordered;
    const written = this.#entries.flatMap((entries) => entries());
    const isLast = (entry: Entry): boolean => entry.isCatchAll && entry.omitted === undefined;
    this.#ordered = [...written.filter((entry) => !isLast(entry)), ...written.filter(isLast)];
    return this.#ordered;
  }

  get index(): EntryIndex {
    this.#index ??= new EntryIndex(this.entries);
    return this.#index;
  }
}

/**
 * The virtual hosts of one route configuration of Envoy: of all plaintext listeners of a port together, or of one TLS listener.
 *
 * Istio: buildGatewayHTTPRouteConfig (pilot/pkg/networking/core/gateway.go). Envoy: RouteMatcher (source/common/router/config_impl.cc).
 */
export class VirtualHosts {
  readonly #hosts = new HostTable<VirtualHost>();
  /** Whether hosts are left out because they are not known yet. */
  readonly isPartial: boolean;

  constructor(servers: readonly Server[], boundPort: number, cache: ConditionCache) {
    for (const server of servers) {
      const { hosts, httpsRedirect } = server.listener;
      for (const table of server.tables) {
        // a table without a route for this port claims no host here
        if (hasEntries(table, boundPort)) this.#addTable(server, table, () => entriesOf(table, boundPort, cache));
      }
      if (httpsRedirect === false) continue;
      for (const host of hosts.filter(isKnown)) this.#hostOf(host, server).redirectsToHttps = httpsRedirect;
    }
    this.isPartial = servers.some(
      ({ listener, tables }) => listener.hosts.some(isDeferred) || tables.some(({ hosts }) => hosts.some(isDeferred)),
    );
  }

  #addTable(server: Server, table: PlannedRouteTable, entries: () => readonly Entry[]): void {
    const { hosts, httpsRedirect } = server.listener;
    for (const host of commonHosts(hosts.filter(isKnown), table.hosts.filter(isKnown))) {
      const virtualHost = this.#hostOf(host, server);
      virtualHost.add(table, entries);
      if (httpsRedirect !== false) virtualHost.redirectsToHttps = httpsRedirect;
    }
  }

  #hostOf(written: string, server: Server): VirtualHost {
    const domain = written.toLowerCase();
    const known = this.#hosts.get(domain);
    if (known !== undefined) return known;
    const fresh = new VirtualHost(domain, server);
    this.#hosts.set(domain, fresh);
    return fresh;
  }

  /** The virtual host of a name. */
  find(name: string): VirtualHost | undefined {
    return this.#hosts.find(name);
  }
}
