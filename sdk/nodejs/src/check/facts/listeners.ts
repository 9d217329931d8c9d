import { isKnown } from "../../model/deferred.js";
import type { RouteTable } from "../../model/route-table.js";
import { type Listener, type RouteSort, sortServedBy, type VirtualGateway } from "../../model/virtual-gateway.js";
import type { CheckContext } from "../rule.js";

/**
 * Returns the listeners that serve a kind of route, or may once their protocol is known. Listeners that redirect every
 * request to HTTPS serve none.
 */
export function servingListeners(gateway: VirtualGateway, sort: RouteSort = "http"): readonly Listener[] {
  return gateway.listeners.filter(
    (listener) => listener.httpsRedirect !== true && (sortServedBy(listener) ?? sort) === sort,
  );
}

/** Returns the ports where a table's gateways serve a kind of route, in order; undefined if one is unknown. */
export function servedPorts(
  { model }: CheckContext,
  { virtualGateways }: RouteTable,
  sort: RouteSort,
): readonly number[] | undefined {
  const gateways = virtualGateways.map((name) => model.VirtualGateway.get(name));
  const ports = gateways.flatMap((gateway) => gateway && servingListeners(gateway, sort).map(({ port }) => port));
  const known = ports.filter((port): port is number => port !== undefined && isKnown(port));
  return known.length === ports.length ? [...new Set(known)].sort((a, b) => a - b) : undefined;
}

/** Identifies a set of proxies: gateways with the same proxies get the same key. */
export function proxiesKey(gateway: VirtualGateway): string {
  const { labels } = gateway.workloads;
  return JSON.stringify([gateway.namespace, Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))]);
}

/** Identifies a port that a set of proxies binds in a cluster: gateways that share it get the same key. */
export function portKey(gateway: VirtualGateway, cluster: string, port: number): string {
  return `Proxies/${gateway.fleet}/${cluster}/${proxiesKey(gateway)}/${port}`;
}

/** Identifies a TLS host at a port of a set of proxies. */
export function tlsHostKey(gateway: VirtualGateway, cluster: string, port: number, host: string): string {
  return `${portKey(gateway, cluster, port)}/TLS/${host.toLowerCase()}`;
}
