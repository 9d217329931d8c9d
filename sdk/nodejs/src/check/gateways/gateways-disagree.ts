import { isListenerPolicyKind } from "../../kinds/kinds.js";
import { isDeferred } from "../../model/deferred.js";
import { kindsOf } from "../../model/policies.js";
import type { RouteTable } from "../../model/route-table.js";
import { servedKeys } from "../facts/effective-keys.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

export const gatewaysDisagree: Rule = {
  name: "gateways-disagree",
  codes: ["MW0440"],
  description: "Gateways that serve a host of one table on the same proxies and port list the same policies.",
  check(context) {
    for (const { subject, value: table } of inFocus(context, "RouteTable")) {
      const names = [...new Set(table.virtualGateways)];
      // most tables have one gateway, so its hosts need no lookup
      if (names.length < 2) continue;
      const served = names.map((name) => ({
        name,
        policies: policiesOf(context, name),
        keys: keysOf(context, table, name),
      }));
      served.forEach((second, at) => {
        const first = served
          .slice(0, at)
          .find(({ policies, keys }) => policies !== second.policies && [...keys].some((key) => second.keys.has(key)));
        if (first === undefined) return;
        const path = ["virtualGateways", table.virtualGateways.indexOf(second.name)];
        context.findings.add("MW0440", subject, path, { first: first.name, second: second.name });
      });
    }
  },
};

/**
 * Serializes the policies that a gateway lists, for comparison; omits listener policies, which apply to all gateways
 * that share a listener.
 */
function policiesOf({ model }: CheckContext, gateway: string): string {
  const listed = model.VirtualGateway.get(gateway)?.policies ?? [];
  return listed
    .flatMap((each) =>
      kindsOf(model, each).flatMap((kind) => (isListenerPolicyKind(kind) ? [] : `${kind}/${each.name}`)),
    )
    .sort()
    .join();
}

function keysOf(context: CheckContext, { hosts }: RouteTable, gateway: string): ReadonlySet<string> {
  const keys = servedKeys(context, gateway);
  return new Set(hosts.filter((host) => !isDeferred(host)).flatMap(keys));
}
