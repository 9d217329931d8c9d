import { isDeferred } from "../../model/deferred.js";
import { inFocus, type Rule } from "../rule.js";

/** Statuses whose responses have no body. */
const WITHOUT_BODY: ReadonlySet<unknown> = new Set([204, 304]);

export const bodyNotAllowed: Rule = {
  name: "body-not-allowed",
  codes: ["MW0215"],
  description:
    "No direct response with status 204 or 304 has a body: Envoy sends it, and clients read it as the next response.",
  check(context) {
    for (const { subject, value: table } of inFocus(context, "RouteTable")) {
      table.http.forEach(({ name, action }, index) => {
        if (action.kind !== "directResponse" || !WITHOUT_BODY.has(action.status)) return;
        if (action.body === undefined || action.body === "" || isDeferred(action.body)) return;
        const path = ["http", index, "directResponse", "body"];
        context.findings.add("MW0215", subject, path, { route: name, status: Number(action.status) });
      });
    }
  },
};
