import { TlsVersion } from "../../args/virtual-gateway.js";
import { isDeferred } from "../../model/deferred.js";
import { inFocus, type Rule } from "../rule.js";

/** From lowest to highest. */
const VERSIONS: readonly TlsVersion[] = [TlsVersion.Tls10, TlsVersion.Tls11, TlsVersion.Tls12, TlsVersion.Tls13];

export const tlsVersions: Rule = {
  name: "tls-versions",
  codes: ["MW0308"],
  description: "The minimum TLS version is not above the maximum, and an old one comes with cipher suites.",
  check(context) {
    for (const { subject, value: gateway } of inFocus(context, "VirtualGateway")) {
      gateway.listeners.forEach(({ tls }, index) => {
        if (tls === undefined || isDeferred(tls.minimumProtocolVersion)) return;
        const { minimumProtocolVersion: minimum, maximumProtocolVersion: maximum } = tls;
        const path = ["listeners", index, "tls", "minimumProtocolVersion"];
        if (rank(minimum) < rank(TlsVersion.Tls12) && tls.cipherSuites === undefined)
          context.findings.add("MW0308", subject, path, { minimum, needsCiphers: true });
        if (maximum !== undefined && !isDeferred(maximum) && rank(minimum) > rank(maximum))
          context.findings.add("MW0308", subject, path, { minimum, maximum, needsCiphers: false });
      });
    }
  },
};

function rank(version: TlsVersion): number {
  return VERSIONS.indexOf(version);
}
