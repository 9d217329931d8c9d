import { isDeferred } from "../../model/deferred.js";
import { isHttp, placedBackends } from "../facts/backends.js";
import { clusterPathsBetween } from "../facts/cluster-paths.js";
import { inFocus, type Rule } from "../rule.js";

export const plaintextNeedsHttp: Rule = {
  name: "plaintext-needs-http",
  codes: ["MW0512"],
  description: "Only HTTP ports of a virtual destination cross to a cluster without a mesh.",
  check(context) {
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      const callers = context.model.Fleet.get(value.fleet)?.clusters ?? [];
      const backends = placedBackends(context, value).map(({ cluster }) => cluster);
      const crossing = clusterPathsBetween(callers, backends).find(({ route }) => route === "plaintext");
      if (crossing === undefined) continue;
      const way = { from: crossing.from.name, to: crossing.to.name };
      value.ports.forEach(({ number, protocol }, index) => {
        if (isDeferred(protocol) || isHttp(protocol)) return;
        const facts = { ...(!isDeferred(number) && { port: number }), protocol, ...way };
        context.findings.add("MW0512", subject, ["ports", index, "protocol"], facts);
      });
    }
  },
};
