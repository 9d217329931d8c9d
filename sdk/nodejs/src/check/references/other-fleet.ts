import { quote } from "../../diagnostics/words.js";
import { clustersOf } from "../facts/callers.js";
import { inFocus, type Rule } from "../rule.js";

export const otherFleet: Rule = {
  name: "other-fleet",
  codes: ["MW0111"],
  description:
    "A table's fleet has the clusters of all its gateways; fleets of other stacks are compared by cluster names.",
  check(context) {
    for (const { subject, value: table } of inFocus(context, "RouteTable")) {
      const fleet = context.model.Fleet.get(table.fleet);
      if (fleet === undefined) continue;
      const known = fleet.clusters.map((cluster) => cluster.name);
      table.virtualGateways.forEach((name, index) => {
        const gateway = context.model.VirtualGateway.get(name);
        if (gateway === undefined || gateway.fleet === table.fleet) return;
        const missing = clustersOf(context, gateway).find((cluster) => !known.includes(cluster.name));
        if (missing === undefined) return;
        const reference = `VirtualGateway ${quote(name)}`;
        context.findings.add("MW0111", subject, ["virtualGateways", index], {
          reference,
          cluster: missing.name,
          known,
        });
      });
    }
  },
};
