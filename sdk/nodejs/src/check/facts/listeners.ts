import { isKnown } from "../../model/deferred.js";
import type { RouteTable } from "../../model/route-table.js";
import { type Listener, type RouteSort, sortServedBy, type VirtualGateway } from "../../model/virtual-gateway.js";
import type { CheckContext } from "../rule.js";

/**
 * The listeners that serve routes of a kind, or may once their protocol is known. Those that answer every request with a redirect to https
 * serve none.
 */
export function servingListeners(gateway: VirtualGateway, sort: RouteSort = "http"): readonly Listener[] {
  return gateway.listeners.filter(
    (listener) => listener.httpsRedirect !== true && (sortServedBy(listener) ?? sort) === sort,
  );
}

/** The ports at which a table's gateways serve a kind of routes, in order; undefined where one of them is not known. */
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

/** Names a set of proxies, so that gateways with the same proxies give the same text. */
export function proxiesKey(gateway: VirtualGateway): string {
  const { labels } = gateway.workloads;
  return JSON.stringify([gateway.namespace, Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))]);
}

/** Names a port that a set of proxies binds in a cluster, so that gateways that share it give the same text. */
export function portKey(gateway: VirtualGateway, cluster: string, port: number): string {
  return `Proxies/${gateway.fleet}/${cluster}/${proxiesKey(gateway)}/${port}`;
}
