import { isKnown, type Leaf } from "../../model/deferred.js";
import type { ConnectionRoute } from "../../model/route.js";
import { shareAPort } from "../facts/connection-matchers.js";
import { inFocus, type Rule } from "../rule.js";

export const unreachableConnectionRoute: Rule = {
  name: "unreachable-connection-route",
  codes: ["MW0221"],
  description: "No `tcp` route follows one that already matches all of its connections.",
  check(context) {
    for (const { subject, value: table } of inFocus(context, "RouteTable")) {
      table.tcp.forEach((route, index) => {
        const by = table.tcp.slice(0, index).find((earlier) => covers(earlier, route));
        if (by !== undefined)
          context.findings.add("MW0221", subject, ["tcp", index], { route: route.name, by: by.name });
      });
    }
  },
};

function covers(earlier: ConnectionRoute, later: ConnectionRoute): boolean {
  const taken = portsOf(earlier);
  return portsOf(later).every((port) =>
    taken.some((each) => each === undefined || (port !== undefined && isKnown(port) && shareAPort(each, port))),
  );
}

/** The ports of a route's connections; undefined means all ports. */
function portsOf({ matchers }: ConnectionRoute): readonly (Leaf<number> | undefined)[] {
  return matchers.length === 0 ? [undefined] : matchers.map(({ port }) => port);
}
