import { isKnown } from "../../model/deferred.js";
import { commonHosts, widestHosts } from "../../model/host.js";
import type { CheckContext } from "../rule.js";
import { clustersOf } from "./callers.js";
import { proxiesKey, servingListeners } from "./listeners.js";

/**
 * Returns claim keys for a host that a gateway serves, per proxies and port.
 *
 * Istio merges the tables of a host across all Gateway objects of the same proxies and port, in undefined order. The
 * narrower of a table's host and a listener's counts: a listener for `a.example.com` alone serves a table for
 * `*.example.com` under that name.
 */
export function servedKeys(context: CheckContext, name: string): (host: string) => readonly string[] {
  const gateway = context.model.VirtualGateway.get(name);
  if (gateway === undefined) return () => [];
  const proxies = clustersOf(context, gateway).map(
    (cluster) => `RouteTable/${gateway.fleet}/${cluster.name}/${proxiesKey(gateway)}`,
  );
  const listeners = servingListeners(gateway).flatMap(({ targetPort, allowedRouteTables }) =>
    isKnown(targetPort)
      ? [{ port: targetPort, hosts: widestHosts(allowedRouteTables.map(({ host }) => host).filter(isKnown)) }]
      : [],
  );
  return (host) =>
    listeners.flatMap(({ port, hosts }) =>
      commonHosts(hosts, [host]).flatMap((common) => proxies.map((key) => `${key}/${port}/${common}`)),
    );
}
