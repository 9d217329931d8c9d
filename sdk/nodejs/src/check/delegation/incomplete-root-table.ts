import { inFocus, type Rule } from "../rule.js";

export const incompleteRootTable: Rule = {
  name: "incomplete-root-table",
  codes: ["MW0243"],
  description: "A table has hosts together with gateways or sidecars, or none of them if other tables delegate to it.",
  check(context) {
    for (const { subject, value: table } of inFocus(context, "RouteTable")) {
      const [hosts, gateways] = [table.hosts.length, table.virtualGateways.length];
      if (hosts > 0 && gateways === 0 && table.sidecars === undefined)
        context.findings.add("MW0243", subject, ["hosts"], { has: "hosts" });
      if (hosts === 0 && gateways > 0)
        context.findings.add("MW0243", subject, ["virtualGateways"], { has: "virtualGateways" });
      else if (hosts === 0 && table.sidecars !== undefined)
        context.findings.add("MW0243", subject, ["sidecars"], { has: "sidecars" });
    }
  },
};
