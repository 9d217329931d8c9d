import type { Path, Subject } from "../../diagnostics/diagnostic.js";
import { isKnown } from "../../model/deferred.js";
import { distributes, type LocalityMapping } from "../../model/failover-policy.js";
import type { Locality } from "../../model/fleet.js";
import { describeLocality } from "../facts/policies.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

export const failoverRegions: Rule = {
  name: "failover-regions",
  codes: ["MW0405", "MW0406", "MW0408"],
  description: "A failover mapping goes from one region to exactly one other region, and names no zones.",
  check(context) {
    for (const { subject, value } of inFocus(context, "FailoverPolicy")) {
      if (distributes(value)) continue;
      value.localityMappings.forEach((mapping, index) => {
        checkMapping(context, subject, mapping, ["localityMappings", index]);
      });
    }
  },
};

function checkMapping(context: CheckContext, subject: Subject, { from, to }: LocalityMapping, path: Path): void {
  checkPlace(context, subject, from, [...path, "from"]);
  if (to.length > 1)
    context.findings.add("MW0406", subject, [...path, "to"], { from: describeLocality(from), targets: to.length });
  to.forEach((target, index) => {
    const place = [...path, "to", index];
    checkPlace(context, subject, target, place);
    if (isKnown(from.region) && target.region === from.region)
      context.findings.add("MW0408", subject, [...place, "region"], { region: from.region });
  });
}

function checkPlace(context: CheckContext, subject: Subject, locality: Locality, path: Path): void {
  for (const field of ["zone", "subZone"] as const) {
    const value = locality[field];
    if (value === undefined) continue;
    context.findings.add("MW0405", subject, [...path, field], { field, ...(isKnown(value) && { value }) });
    return;
  }
}
