import { ClientTlsMode } from "../args/external-service.js";
import { isDeferred } from "../model/deferred.js";
import type { TargetTls } from "./decision.js";
import { shown } from "./policies/wording.js";

/** Describes the TLS that callers originate toward an external service in one line. */
export function describeTls(tls: TargetTls): string {
  const { mode, sni, credentialName, clientCertificate, insecureSkipVerify, subjectAltNames = [] } = tls;
  if (isDeferred(mode)) return "the TLS of callers is not known yet";
  if (mode === ClientTlsMode.Disable) return "callers speak plaintext";
  if (mode === ClientTlsMode.IstioMutual) return "callers speak the mesh's mutual TLS";
  const own = credentialName === undefined && clientCertificate === undefined ? "" : " with a certificate of their own";
  const name = sni === undefined ? "" : ` with server name ${shown(sni)}`;
  const expected =
    insecureSkipVerify === true
      ? ", and expect no particular certificate"
      : subjectAltNames.length === 0
        ? ""
        : `, and expect a certificate of ${subjectAltNames.map(shown).join(" or ")}`;
  return `callers speak TLS${mode === ClientTlsMode.Mutual ? own : ""}${name}${expected}`;
}
