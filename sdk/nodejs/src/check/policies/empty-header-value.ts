import { isKnown } from "../../model/deferred.js";
import { isKeptWhereEmpty } from "../../model/header-manipulation-policy.js";
import { inFocus, type Rule } from "../rule.js";

export const emptyHeaderValue: Rule = {
  name: "empty-header-value",
  codes: ["MW0280"],
  description: "A header that a policy sets never keeps the sender's value.",
  check(context) {
    for (const { subject, value } of inFocus(context, "HeaderManipulationPolicy"))
      for (const side of ["request", "response"] as const) {
        const changes = value[side];
        if (!changes.remove.every(isKnown)) continue;
        const field = side === "request" ? "setRequestHeaders" : "setResponseHeaders";
        for (const [header, written] of Object.entries(changes.set))
          if (isKnown(written) && isKeptWhereEmpty(header, changes, side))
            context.findings.add("MW0280", subject, [field, header], { header, value: written, side });
      }
  },
};
