import type { Subject } from "../diagnostics/diagnostic.js";
import { isDeferred, isKnown } from "../model/deferred.js";
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
  const proxies = proxyKeys(context, gateway);
  table.hosts.forEach((host, index) => {
    if (isDeferred(host)) return;
    const keys = [`VirtualGateway/${gateway}`, ...proxies].map((key) => `${key}/${host.toLowerCase()}`);
    const other = keys.map((key) => claim(context, subject, key, subject.name)).find((owner) => owner !== undefined);
    if (other !== undefined) context.findings.add("MW0302", subject, ["hosts", index], { host, gateway, other });
  });
}

/** Istio merges the tables of one host on all Gateway objects of the same proxies and port, in no defined order. */
function proxyKeys(context: CheckContext, name: string): readonly string[] {
  const gateway = context.model.VirtualGateway.get(name);
  if (gateway === undefined) return [];
  const ports = servingListeners(gateway).map((listener) => listener.targetPort);
  return clustersOf(context, gateway).flatMap((cluster) =>
    ports.filter(isKnown).map((port) => `RouteTable/${gateway.fleet}/${cluster.name}/${proxiesKey(gateway)}/${port}`),
  );
}
