import type { Subject } from "../../diagnostics/diagnostic.js";
import { isDeferred } from "../../model/deferred.js";
import type { RouteTable } from "../../model/route-table.js";
import { servedKeys } from "../facts/effective-keys.js";
import { type CheckContext, claim, everyOne, type Rule } from "../rule.js";

export const hostClaimedTwice: Rule = {
  name: "host-claimed-twice",
  codes: ["MW0302"],
  description: "A host has one route table per gateway, and per set of gateways that share proxies and ports.",
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
    const keys = [`VirtualGateway/${gateway}/${host.toLowerCase()}`, ...(table.http.length > 0 ? served(host) : [])];
    const other = keys.map((key) => claim(context, subject, key, subject.name)).find((owner) => owner !== undefined);
    if (other !== undefined) context.findings.add("MW0302", subject, ["hosts", index], { host, gateway, other });
  });
}
