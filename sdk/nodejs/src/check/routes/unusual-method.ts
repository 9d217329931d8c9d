import { isDeferred } from "../../model/deferred.js";
import { inFocus, type Rule } from "../rule.js";

/** RFC 9110 section 9, and PATCH from RFC 5789. */
const METHODS = ["CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"];

export const unusualMethod: Rule = {
  name: "unusual-method",
  codes: ["MW0213"],
  description: "The method in a matcher is one that HTTP defines, in upper case.",
  check(context) {
    for (const { subject, value: table } of inFocus(context, "RouteTable")) {
      table.http.forEach(({ matchers }, index) => {
        matchers.forEach(({ method }, i) => {
          if (method === undefined || isDeferred(method) || METHODS.includes(method)) return;
          context.findings.add("MW0213", subject, ["http", index, "matchers", i, "method"], { method, known: METHODS });
        });
      });
    }
  },
};
