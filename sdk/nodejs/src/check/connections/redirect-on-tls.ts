import { ListenerProtocol } from "../../args/virtual-gateway.js";
import { isDeferred } from "../../model/deferred.js";
import { inFocus, type Rule } from "../rule.js";

export const redirectOnTls: Rule = {
  name: "redirect-on-tls",
  codes: ["MW0235", "MW0307"],
  description: "Only HTTP listeners redirect to HTTPS.",
  check(context) {
    for (const { subject, value: gateway } of inFocus(context, "VirtualGateway")) {
      gateway.listeners.forEach(({ httpsRedirect, tls, port, protocol }, index) => {
        if (httpsRedirect !== true) return;
        if (protocol === ListenerProtocol.Tcp)
          context.findings.add("MW0235", subject, ["listeners", index, "httpsRedirect"], { protocol });
        if (tls === undefined) return;
        const facts = isDeferred(port) ? {} : { port };
        context.findings.add("MW0307", subject, ["listeners", index, "httpsRedirect"], facts);
      });
    }
  },
};
