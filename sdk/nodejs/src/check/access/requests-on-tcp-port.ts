import { looksAtRequests } from "../../model/access-policy.js";
import { isKnown } from "../../model/deferred.js";
import { isHttp } from "../facts/backends.js";
import { accessPolicyOf } from "../facts/policies.js";
import { inFocus, type Rule } from "../rule.js";

export const requestsOnTcpPort: Rule = {
  name: "requests-on-tcp-port",
  codes: ["MW0487"],
  description: "Every port of a destination whose access policy matches on requests speaks HTTP.",
  check(context) {
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      const access = accessPolicyOf(context, value.policies);
      if (access === undefined || !access.value.authorizations.some(looksAtRequests)) continue;
      for (const { number: port, protocol } of value.ports) {
        if (!isKnown(port) || !isKnown(protocol) || isHttp(protocol)) continue;
        context.findings.add("MW0487", subject, access.path, { policy: access.name, port, protocol });
      }
    }
  },
};
