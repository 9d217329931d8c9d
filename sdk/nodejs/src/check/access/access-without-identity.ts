import { PeerTlsMode } from "../../args/access-policy.js";
import { TlsMode } from "../../args/virtual-gateway.js";
import { needsServiceAccount } from "../../model/access-policy.js";
import { isDeferred } from "../../model/deferred.js";
import { accessPolicyOf, policyOf } from "../facts/policies.js";
import { inFocus, type Rule } from "../rule.js";

export const accessWithoutIdentity: Rule = {
  name: "access-without-identity",
  codes: ["MW0483"],
  description: "Callers use mutual TLS where an access policy allows service accounts only.",
  check(context) {
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      const access = accessPolicyOf(context, value.policies);
      if (access === undefined || !access.value.authorizations.some(needsServiceAccount)) continue;
      const callers = policyOf(context, value, "ClientTLSPolicy");
      const facts = { policy: access.name };
      if (callers !== undefined && callers.value.mode !== "istioMutual")
        context.findings.add("MW0483", subject, access.path, { ...facts, callers: callers.name });
      else if (access.value.tlsMode === PeerTlsMode.Disable)
        context.findings.add("MW0483", subject, access.path, facts);
    }
    for (const { subject, value } of inFocus(context, "VirtualGateway")) {
      const access = accessPolicyOf(context, value.policies);
      if (access === undefined || !access.value.authorizations.some(needsServiceAccount)) continue;
      const open = value.listeners.find(({ tls }) => {
        const mode = tls?.mode;
        return !isDeferred(mode) && mode !== TlsMode.IstioMutual;
      });
      if (open === undefined) continue;
      const port = isDeferred(open.port) ? "of a listener" : open.port;
      context.findings.add("MW0483", subject, access.path, { policy: access.name, port });
    }
  },
};
