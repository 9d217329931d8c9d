import { isDeferred } from "../model/deferred.js";
import { inFocus, type Rule } from "./rule.js";

export const redirectOnTls: Rule = {
  name: "redirect-on-tls",
  description: "Only listeners without TLS redirect to https.",
  check(context) {
    for (const { subject, value: gateway } of inFocus(context, "VirtualGateway")) {
      gateway.listeners.forEach(({ httpsRedirect, tls, port }, index) => {
        if (httpsRedirect !== true || tls === undefined) return;
        const facts = isDeferred(port) ? {} : { port };
        context.findings.add("MW0307", subject, ["listeners", index, "httpsRedirect"], facts);
      });
    }
  },
};
