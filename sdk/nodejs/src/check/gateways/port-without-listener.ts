import type { FactsOf } from "../../diagnostics/diagnostic.js";
import { isDeferred } from "../../model/deferred.js";
import type { DelegationStep } from "../../model/delegation.js";
import type { RouteTable } from "../../model/route-table.js";
import { effectiveTables, stepsOf, subjectOf, throughOf } from "../facts/effective-tables.js";
import { servedPorts } from "../facts/listeners.js";
import { isPortServed, knowsAllWays } from "../facts/reach.js";
import type { CheckContext, Rule } from "../rule.js";

export const portWithoutListener: Rule = {
  name: "port-without-listener",
  codes: ["MW0212", "MW0234"],
  description: "The port in a matcher is the port of a listener of one of the table's gateways.",
  check(context) {
    for (const served of effectiveTables(context)) {
      const { table } = served;
      // with sidecars it is the port that callers use, which can be any
      if (table.sidecars !== undefined) continue;
      const listeners = servedPorts(context, table, "http");
      if (listeners === undefined || table.undecided.length > 0) continue;
      for (const [index, { matchers }] of table.http.entries()) {
        for (const port of new Set(matchers.map((matcher) => matcher.port))) {
          if (port === undefined || isDeferred(port) || listeners.includes(port)) continue;
          const use = useOfPort(context, table, port);
          report(context, stepsOf(served, index), { port, listeners, gateways: table.virtualGateways, ...use });
        }
      }
    }
  },
};

type Facts = FactsOf<"MW0212">;

/** Returns what a listener does at a port where it serves no HTTP routes. */
function useOfPort({ model }: CheckContext, { virtualGateways }: RouteTable, port: number): Pick<Facts, "use"> {
  for (const name of virtualGateways) {
    const listener = model.VirtualGateway.get(name)?.listeners.find((each) => each.port === port);
    if (listener === undefined || isDeferred(listener.protocol)) continue;
    return { use: listener.httpsRedirect === true ? "httpsRedirect" : listener.protocol };
  }
  return {};
}

/** Reports the first route of a way that asks for the port, which may be a delegating one. */
function report(context: CheckContext, steps: readonly DelegationStep[], facts: Facts): void {
  const at = steps.findIndex((step) => matchersOf(step).some(({ port }) => port === facts.port));
  const [owner, way] = [steps[at], steps.slice(0, at + 1)];
  if (owner === undefined) return;
  const code = knowsAllWays(context, way) ? "MW0212" : "MW0234";
  for (const [matcher, { port }] of matchersOf(owner).entries()) {
    if (port !== facts.port || isPortServed(context, owner, matcher)) continue;
    const path = ["http", owner.index, "matchers", matcher, "port"];
    context.findings.add(code, subjectOf(owner), path, facts, throughOf(way));
  }
}

function matchersOf({ value, index }: DelegationStep) {
  return value.http[index]?.matchers ?? [];
}
