import { TlsMode } from "../../args/virtual-gateway.js";
import { isDeferred } from "../../model/deferred.js";
import { inFocus, type Rule } from "../rule.js";

export const tlsSecret: Rule = {
  name: "tls-secret",
  codes: ["MW0305"],
  description: "TLS modes `SIMPLE` and `MUTUAL` have a secret, and `ISTIO_MUTUAL` has none.",
  check(context) {
    for (const { subject, value: gateway } of inFocus(context, "VirtualGateway")) {
      gateway.listeners.forEach(({ tls }, index) => {
        if (tls === undefined || isDeferred(tls.mode)) return;
        const { mode, secretName } = tls;
        // the schema rejects every other setting for this mode
        if (mode === TlsMode.Passthrough) return;
        const isWrong = mode === TlsMode.IstioMutual ? secretName !== undefined : (secretName ?? "") === "";
        const path = ["listeners", index, "tls", "secretName"];
        if (isWrong) context.findings.add("MW0305", subject, path, { mode, found: mode === TlsMode.IstioMutual });
      });
    }
  },
};
