import { ListenerProtocol, TlsMode } from "../../args/virtual-gateway.js";
import { isDeferred } from "../../model/deferred.js";
import { inFocus, type Rule } from "../rule.js";

export const protocolAndTls: Rule = {
  name: "protocol-and-tls",
  codes: ["MW0226", "MW0306"],
  description:
    "A listener has `tls` if and only if its protocol is `HTTPS` or `TLS`, and only `TLS` allows passthrough.",
  check(context) {
    for (const { subject, value: gateway } of inFocus(context, "VirtualGateway")) {
      gateway.listeners.forEach(({ protocol, tls }, index) => {
        const hasTls = tls !== undefined;
        if (isDeferred(protocol)) return;
        const path = ["listeners", index, "protocol"];
        const isTls = protocol === ListenerProtocol.Https || protocol === ListenerProtocol.Tls;
        if (hasTls !== isTls) context.findings.add("MW0306", subject, path, { protocol, hasTls });
        else if (protocol === ListenerProtocol.Https && tls?.mode === TlsMode.Passthrough)
          context.findings.add("MW0226", subject, path, { protocol });
      });
    }
  },
};
