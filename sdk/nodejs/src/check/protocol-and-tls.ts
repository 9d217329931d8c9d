import { ListenerProtocol } from "../args/virtual-gateway.js";
import { isDeferred } from "../model/deferred.js";
import { inFocus, type Rule } from "./rule.js";

export const protocolAndTls: Rule = {
  name: "protocol-and-tls",
  description: "A listener has `tls` exactly where its protocol is `HTTPS`.",
  check(context) {
    for (const { subject, value: gateway } of inFocus(context, "VirtualGateway")) {
      gateway.listeners.forEach(({ protocol, tls }, index) => {
        const hasTls = tls !== undefined;
        if (isDeferred(protocol) || hasTls === (protocol === ListenerProtocol.Https)) return;
        context.findings.add("MW0306", subject, ["listeners", index, "protocol"], { protocol, hasTls });
      });
    }
  },
};
