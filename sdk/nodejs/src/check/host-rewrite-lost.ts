import { waysOf } from "./crossings.js";
import { describeTarget, destinationsOfRoute } from "./destinations.js";
import { inFocus, type Rule } from "./rule.js";

export const hostRewriteLost: Rule = {
  name: "host-rewrite-lost",
  description: "A route does not set the Host header where a destination in a cluster without a mesh is found by it.",
  check(context) {
    for (const resource of inFocus(context, "RouteTable")) {
      const { subject, value: table } = resource;
      const ways = waysOf(context, table);
      table.http.forEach(({ name, action }, index) => {
        if (action.kind !== "forward" || action.host?.kind !== "literal") return;
        const named = destinationsOfRoute(resource, index).map(({ destination }) => destination);
        const destinations = named.length > 0 ? named : [table.defaultDestination];
        for (const destination of destinations) {
          const target = destination?.target;
          const crossing = target && ways(target).first.get("plaintext");
          if (target === undefined || crossing === undefined) continue;
          const facts = { route: name, destination: describeTarget(target), to: crossing.to.name };
          context.findings.add("MW0517", subject, ["http", index, "forwardTo", "hostRewrite"], facts);
        }
      });
    }
  },
};
