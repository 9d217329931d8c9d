import { isDeferred, isKnown } from "../model/deferred.js";
import { commonHosts } from "../model/host.js";
import type { PlannedListener, PlannedRouteTable } from "../plan/types.js";
import { type ConditionsOf, type EnvoyRoute, envoyRoutesOf, hasEnvoyRoutes } from "./envoy-route.js";
import { EnvoyRouteIndex } from "./envoy-route-index.js";
import { HostTable } from "./host-table.js";
import type { Server } from "./server.js";

/** The routes and redirect of one host. */
export class VirtualHost {
  readonly domain: string;
  readonly server: Server;
  readonly tables: string[] = [];
  redirectsToHttps: PlannedListener["httpsRedirect"] = false;
  readonly #envoyRoutes: (() => readonly EnvoyRoute[])[] = [];
  #index: EnvoyRouteIndex | undefined;
  #hasClaims: boolean | undefined;
  #ordered: readonly EnvoyRoute[] | undefined;

  constructor(domain: string, server: Server) {
    this.domain = domain;
    this.server = server;
  }

  /** Adds the routes of a table, compiled on first use. */
  add(table: PlannedRouteTable, envoyRoutes: () => readonly EnvoyRoute[]): void {
    this.tables.push(table.maker.name);
    this.#envoyRoutes.push(envoyRoutes);
  }

  /** Routes in evaluation order: if tables share a host, catch-all routes come last (SortVHostRoutes). */
  get envoyRoutes(): readonly EnvoyRoute[] {
    if (this.#ordered !== undefined) return this.#ordered;
    const written = this.#envoyRoutes.flatMap((envoyRoutes) => envoyRoutes());
    const isLast = (envoyRoute: EnvoyRoute): boolean => envoyRoute.isCatchAll && envoyRoute.omitted === undefined;
    this.#ordered = [...written.filter((envoyRoute) => !isLast(envoyRoute)), ...written.filter(isLast)];
    return this.#ordered;
  }

  /** True if claims decide on routes, so that Envoy chooses again once they are verified. */
  get hasClaims(): boolean {
    this.#hasClaims ??= this.envoyRoutes.some(({ matcher }) => matcher?.content.claims !== undefined);
    return this.#hasClaims;
  }

  get index(): EnvoyRouteIndex {
    this.#index ??= new EnvoyRouteIndex(this.envoyRoutes);
    return this.#index;
  }
}

/**
 * The virtual hosts of one Envoy route configuration: of all plaintext listeners of a port, or of one TLS listener.
 *
 * Istio: buildGatewayHTTPRouteConfig (pilot/pkg/networking/core/gateway.go). Envoy: RouteMatcher
 * (source/common/router/config_impl.cc).
 */
export class VirtualHosts {
  readonly #hosts = new HostTable<VirtualHost>();
  /** Set if hosts are missing because they are not known yet. */
  readonly isPartial: boolean;

  constructor(servers: readonly Server[], boundPort: number, conditionsOf: ConditionsOf) {
    for (const server of servers) {
      const { hosts, httpsRedirect } = server.listener;
      for (const table of server.tables) {
        // a table without routes for this port claims no host here
        if (hasEnvoyRoutes(table, boundPort))
          this.#addTable(server, table, () => envoyRoutesOf(table, boundPort, conditionsOf));
      }
      if (httpsRedirect === false) continue;
      for (const host of hosts.filter(isKnown)) this.#hostOf(host, server).redirectsToHttps = httpsRedirect;
    }
    this.isPartial = servers.some(
      ({ listener, tables }) => listener.hosts.some(isDeferred) || tables.some(({ hosts }) => hosts.some(isDeferred)),
    );
  }

  #addTable(server: Server, table: PlannedRouteTable, envoyRoutes: () => readonly EnvoyRoute[]): void {
    const { hosts, httpsRedirect } = server.listener;
    for (const host of commonHosts(hosts.filter(isKnown), table.hosts.filter(isKnown))) {
      const virtualHost = this.#hostOf(host, server);
      virtualHost.add(table, envoyRoutes);
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

  /** Returns the virtual host that serves a name. */
  find(name: string): VirtualHost | undefined {
    return this.#hosts.find(name);
  }
}
