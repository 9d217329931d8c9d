import { isDeferred } from "../../model/deferred.js";
import { inFocus, type Rule } from "../rule.js";

/** RFC 9110 section 9 without CONNECT, and PATCH from RFC 5789. */
const METHODS = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"];

export const unusualMethod: Rule = {
  name: "unusual-method",
  codes: ["MW0213", "MW0254"],
  description: "The method in a matcher is one that HTTP defines for routed requests, in upper case.",
  check(context) {
    for (const { subject, value: table } of inFocus(context, "RouteTable")) {
      table.http.forEach(({ matchers }, index) => {
        matchers.forEach(({ method }, i) => {
          if (method === undefined || isDeferred(method) || METHODS.includes(method)) return;
          const path = ["http", index, "matchers", i, "method"];
          // Envoy matches CONNECT only with routes for proxies, which Istio never creates
          if (method === "CONNECT") context.findings.add("MW0254", subject, path, { method });
          else context.findings.add("MW0213", subject, path, { method, known: METHODS });
        });
      });
    }
  },
};
