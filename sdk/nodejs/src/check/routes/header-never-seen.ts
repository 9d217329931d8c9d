import { tablesUnder } from "../../model/delegation.js";
import { decidedHeader } from "../facts/seen-header.js";
import { type CheckContext, everyOne, inFocus, type Rule } from "../rule.js";

export const headerNeverSeen: Rule = {
  name: "header-never-seen",
  codes: ["MW0218"],
  description: "Conditions on headers depend on the request, after gateways have removed and rewritten headers.",
  check(context) {
    for (const { subject, value } of inFocus(context, "RouteTable")) {
      // sidecars remove fewer headers
      if (isForSidecars(context, subject.name)) continue;
      value.http.forEach(({ matchers }, index) => {
        matchers.forEach(({ headers }, i) => {
          headers.forEach((header, place) => {
            const decided = decidedHeader(header, context.compileRegex);
            if (decided === undefined) return;
            const path = ["http", index, "matchers", i, "headers", place];
            context.findings.add("MW0218", subject, path, { header: header.name, ...decided });
          });
        });
      });
    }
  },
};

/** True if pods with sidecars use a table, also by delegation. */
function isForSidecars(context: CheckContext, name: string): boolean {
  return everyOne(context, "RouteTable").some(
    ({ subject, value }) => value.sidecars !== undefined && tablesUnder(context.model, subject.name).has(name),
  );
}
