import { isFlat, servicesIn } from "../../model/topology.js";
import { inFocus, type Rule } from "../rule.js";

export const servicesSpanNamespaces: Rule = {
  name: "services-span-namespaces",
  codes: ["MW0505"],
  description:
    "The services of a virtual destination on one network share a namespace: a ServiceEntry selects pods in its own.",
  check(context) {
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      const seen = new Set<string>();
      const clusters = context.model.Fleet.get(value.fleet)?.clusters ?? [];
      for (const cluster of clusters) {
        const near = clusters.filter((other) => isFlat(cluster, other));
        const services = near.flatMap(({ name }) => servicesIn(value, name));
        const namespaces = [...new Set(services.map((service) => service.namespace))].sort();
        const key = namespaces.join();
        if (namespaces.length < 2 || seen.has(key)) continue;
        seen.add(key);
        context.findings.add("MW0505", subject, ["services"], { cluster: cluster.name, namespaces });
      }
    }
  },
};
