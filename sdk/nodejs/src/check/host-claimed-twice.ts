import type { Subject } from "../diagnostics/diagnostic.js";
import { isDeferred, isKnown } from "../model/deferred.js";
import { commonHosts, widestHosts } from "../model/host.js";
import type { RouteTable } from "../model/route-table.js";
import { clustersOf } from "./callers.js";
import { proxiesKey, servingListeners } from "./listeners.js";
import { type CheckContext, claim, everyOne, type Rule } from "./rule.js";

export const hostClaimedTwice: Rule = {
  name: "host-claimed-twice",
  description: "A host has one route table on a gateway, and on gateways that share proxies and ports.",
  check(context) {
    for (const { subject, value: table } of everyOne(context, "RouteTable")) {
      for (const gateway of new Set(table.virtualGateways)) claimHosts(context, subject, table, gateway);
    }
  },
};

function claimHosts(context: CheckContext, subject: Subject, table: RouteTable, gateway: string): void {
  const served = servedKeys(context, gateway);
  table.hosts.forEach((host, index) => {
    if (isDeferred(host)) return;
    const keys = [`VirtualGateway/${gateway}/${host.toLowerCase()}`, ...served(host)];
    const other = keys.map((key) => claim(context, subject, key, subject.name)).find((owner) => owner !== undefined);
    if (other !== undefined) context.findings.add("MW0302", subject, ["hosts", index], { host, gateway, other });
  });
}

/**
 * Keys of what a gateway serves of a host on its proxies and ports.
 *
 * Istio merges the tables of one host on all Gateway objects of the same proxies and port, in no defined order. What counts is the narrower
 * one of a table's host and a listener's: a listener for `a.example.com` alone serves a table of `*.example.com` by that name.
 */
function servedKeys(context: CheckContext, name: string): (host: string) => readonly string[] {
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
