import { quote } from "../../diagnostics/words.js";
import { placedBackends } from "../facts/backends.js";
import { clusterPathsBetween } from "../facts/cluster-paths.js";
import { inFocus, type Rule } from "../rule.js";

export const missingEastWestGateway: Rule = {
  name: "missing-east-west-gateway",
  codes: ["MW0503"],
  description:
    "Each cluster with backends of a virtual destination has an east-west gateway if another network has callers.",
  check(context) {
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      const callers = context.model.Fleet.get(value.fleet)?.clusters ?? [];
      for (const { cluster: to, path } of placedBackends(context, value)) {
        const crossing = clusterPathsBetween(callers, [to]).find(({ route }) => route === "no-gateway");
        if (crossing === undefined) continue;
        const facts = {
          from: crossing.from.name,
          to: to.name,
          destination: `VirtualDestination ${quote(subject.name)}`,
        };
        context.findings.add("MW0503", subject, path, facts);
      }
    }
  },
};
