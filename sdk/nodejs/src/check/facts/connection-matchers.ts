import type { Path } from "../../diagnostics/diagnostic.js";
import { isDeferred, isKnown, type Leaf } from "../../model/deferred.js";
import { commonHosts } from "../../model/host.js";
import type { ConnectionMatcher } from "../../model/route.js";
import type { RouteTable } from "../../model/route-table.js";
import type { Listener, VirtualGateway } from "../../model/virtual-gateway.js";
import type { CheckContext } from "../rule.js";
import { clustersOf } from "./callers.js";
import { proxiesKey, servingListeners } from "./listeners.js";

/** A listener on which the connection routes of a table may act. */
export interface ConnectionListener {
  readonly gateway: string;
  readonly listener: Listener;
  /** The known hosts that the listener allows. */
  readonly hosts: readonly string[];
}

/**
 * Returns the listeners of a table's gateways that serve a kind of route and share a host with the table; as in Istio,
 * one host is enough.
 */
export function connectionListeners(
  context: CheckContext,
  table: RouteTable,
  sort: "tls" | "tcp",
): readonly ConnectionListener[] {
  const own = table.hosts.filter(isKnown);
  return [...new Set(table.virtualGateways)].flatMap((gateway) => {
    const target = context.model.VirtualGateway.get(gateway);
    if (target === undefined) return [];
    return servingListeners(target, sort).flatMap((listener) => {
      const hosts = listener.allowedRouteTables.map(({ host }) => host).filter(isKnown);
      return commonHosts(hosts, own).length === 0 ? [] : [{ gateway, listener, hosts }];
    });
  });
}

/** True if a matcher applies at a listener; undefined if a port is unknown. */
export function isAtListener({ port }: ConnectionMatcher, listener: Listener): boolean | undefined {
  if (port === undefined) return true;
  return isDeferred(port) || isDeferred(listener.port) ? undefined : port === listener.port;
}

/** True if two matchers may apply to the same port, as far as their ports are known. */
export function shareAPort(first: Leaf<number> | undefined, second: Leaf<number> | undefined): boolean {
  if (first === undefined || second === undefined) return true;
  return isKnown(first) && first === second;
}

/** A server name that a table asks for at a listener. */
interface NameAtListener {
  readonly host: string;
  readonly path: Path;
}

/** The known server names that a table asks for at a listener. */
export function serverNamesAt({ tls }: RouteTable, listener: Listener): readonly NameAtListener[] {
  return tls.flatMap(({ matchers }, index) =>
    matchers.flatMap((matcher, i) =>
      isAtListener(matcher, listener) !== true
        ? []
        : (matcher.sniHosts ?? []).flatMap((host, nth): NameAtListener[] =>
            isDeferred(host) ? [] : [{ host, path: ["tls", index, "matchers", i, "sniHosts", nth] }],
          ),
    ),
  );
}

/** The keys by which something at a listener's port is claimed, one for each cluster of its gateway. */
export function keysAt(
  context: CheckContext,
  gateway: VirtualGateway | undefined,
  { targetPort }: Listener,
  what: string,
): readonly string[] {
  if (gateway === undefined || isDeferred(targetPort)) return [];
  const proxies = proxiesKey(gateway);
  return clustersOf(context, gateway).map(
    ({ name }) => `Connections/${gateway.fleet}/${name}/${proxies}/${targetPort}/${what}`,
  );
}
