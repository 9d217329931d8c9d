import { isDeferred } from "../../model/deferred.js";
import { isRefused } from "../../model/salvage.js";
import { callingProxiesOf } from "../facts/callers.js";
import { effectiveDestinations } from "../facts/destinations.js";
import { effectiveTables } from "../facts/effective-tables.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

export const nameFromOutput: Rule = {
  name: "name-from-output",
  codes: ["MW0529"],
  description: "Values that become part of object names are not Outputs.",
  check(context) {
    checkTables(context);
    for (const kind of ["VirtualDestination", "ExternalService"] as const) {
      for (const { subject, value } of inFocus(context, kind)) {
        // the object of the first host needs no separate name
        value.hosts.forEach((host, index) => {
          if (index > 0 && isOutput(host))
            context.findings.add("MW0529", subject, ["hosts", index], { what: "a further host" });
        });
      }
    }
  },
};

/** A Service's name becomes part of object names if it is called from another cluster or by subset. */
function checkTables(context: CheckContext): void {
  for (const served of effectiveTables(context)) {
    const callers = callingProxiesOf(context, served.table);
    for (const { destination, path, report } of effectiveDestinations(context, served)) {
      const { target, port, subset } = destination;
      if (target.kind !== "service") continue;
      const remote = callers.some(({ cluster }) => cluster.name !== target.cluster);
      if (!remote && subset === undefined) continue;
      for (const field of ["name", "namespace"] as const) {
        if (isOutput(target[field])) {
          report("MW0529", [...path, "service", field], { what: `the Service's ${field}` });
        }
      }
      if (remote && isOutput(port)) report("MW0529", [...path, "port"], { what: "the Service's port" });
    }
  }
}

function isOutput(value: unknown): boolean {
  return isDeferred(value) && !isRefused(value);
}
