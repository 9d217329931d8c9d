import { ClientTlsMode } from "../../args/external-service.js";
import { isDeferred } from "../../model/deferred.js";
import type { ClientsideTls } from "../../model/external-service.js";
import { inFocus, type Rule } from "../rule.js";

type Field = Exclude<keyof ClientsideTls, "mode">;

const FILES = ["clientCertificate", "privateKey", "caCertificates"] as const;

/** The fields that each mode ignores. */
const IGNORED: { readonly [M in ClientTlsMode]: readonly Field[] } = {
  DISABLE: ["sni", "credentialName", ...FILES, "insecureSkipVerify"],
  SIMPLE: ["clientCertificate", "privateKey"],
  MUTUAL: [],
  ISTIO_MUTUAL: ["credentialName", ...FILES, "insecureSkipVerify"],
};

export const clientTlsFiles: Rule = {
  name: "client-tls-files",
  codes: ["MW0515", "MW0521"],
  description: "Client TLS has the certificates that its mode needs, and no ignored or mutually exclusive settings.",
  check(context) {
    for (const { subject, value } of inFocus(context, "ExternalService")) {
      value.ports.forEach(({ clientsideTls: tls }, index) => {
        if (tls === undefined || isDeferred(tls.mode)) return;
        const { mode } = tls;
        const path = ["ports", index, "clientsideTls"];
        for (const field of IGNORED[mode]) {
          if (isSet(tls, field))
            context.findings.add("MW0521", subject, [...path, field], { mode, field, needed: false });
        }
        for (const field of neededBy(tls)) {
          if (!isSet(tls, field))
            context.findings.add("MW0521", subject, [...path, field], { mode, field, needed: true });
        }
        for (const [field, other] of exclusions(tls, value.subjectAltNames.length > 0))
          context.findings.add("MW0515", subject, [...path, field], { field, with: other });
      });
    }
  },
};

function isSet(tls: ClientsideTls, field: Field): boolean {
  return tls[field] !== undefined && tls[field] !== false && tls[field] !== "";
}

function neededBy({ mode, credentialName }: ClientsideTls): readonly Field[] {
  return mode === ClientTlsMode.Mutual && credentialName === undefined ? ["clientCertificate", "privateKey"] : [];
}

/** Pairs that Istio's webhook rejects together. Fields that the mode ignores have their own finding. */
function exclusions(tls: ClientsideTls, hasNames: boolean): readonly (readonly [Field, string])[] {
  const isSimple = tls.mode === ClientTlsMode.Simple;
  if (!isSimple && tls.mode !== ClientTlsMode.Mutual) return [];
  const files = FILES.filter((field) => isSet(tls, field) && !IGNORED[isSimple ? "SIMPLE" : "MUTUAL"].includes(field));
  const found: (readonly [Field, string])[] =
    tls.credentialName === undefined ? [] : files.map((field) => ["credentialName", field]);
  if (tls.insecureSkipVerify !== true) return found;
  if (tls.caCertificates !== undefined) found.push(["insecureSkipVerify", "caCertificates"]);
  if (isSimple && tls.credentialName !== undefined) found.push(["insecureSkipVerify", "credentialName"]);
  if (hasNames) found.push(["insecureSkipVerify", "subjectAltNames"]);
  return found;
}
