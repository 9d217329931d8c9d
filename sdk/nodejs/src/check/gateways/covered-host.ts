import { isDeferred } from "../../model/deferred.js";
import { hostCovers } from "../../model/host.js";
import { inFocus, type Rule } from "../rule.js";

export const coveredHost: Rule = {
  name: "covered-host",
  codes: ["MW0312"],
  description:
    "No host of a table is covered by a wildcard host of the same table: Istio rejects that in a VirtualService.",
  check(context) {
    for (const { subject, value: table } of inFocus(context, "RouteTable")) {
      const wildcards = table.hosts.filter((host) => host.startsWith("*") && !isDeferred(host));
      if (wildcards.length === 0) continue;
      table.hosts.forEach((host, index) => {
        if (isDeferred(host)) return;
        const by = wildcards.find((wide) => wide.toLowerCase() !== host.toLowerCase() && hostCovers(wide, host));
        if (by !== undefined) context.findings.add("MW0312", subject, ["hosts", index], { host, by });
      });
    }
  },
};
