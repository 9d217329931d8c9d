import { ListenerProtocol } from "../../args/virtual-gateway.js";
import { isKnown } from "../../model/deferred.js";
import { inFocus, type Rule } from "../rule.js";

/** The port that browsers leave out of Host. */
const HTTP = 80;

export const redirectKeepsPort: Rule = {
  name: "redirect-keeps-port",
  codes: ["MW0327"],
  description: "Listeners with `httpsRedirect` are on port 80.",
  check(context) {
    for (const { subject, value: gateway } of inFocus(context, "VirtualGateway"))
      gateway.listeners.forEach(({ port, protocol, httpsRedirect }, index) => {
        // other protocols have no redirect (MW0235, MW0307)
        if (protocol !== ListenerProtocol.Http || httpsRedirect !== true || !isKnown(port) || port === HTTP) return;
        context.findings.add("MW0327", subject, ["listeners", index, "httpsRedirect"], { port });
      });
  },
};
