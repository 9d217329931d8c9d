import { isDeferred } from "../../model/deferred.js";
import { clustersOf } from "../facts/callers.js";
import { portKey } from "../facts/listeners.js";
import { accessPolicyOf } from "../facts/policies.js";
import { claim, everyOne, type Rule } from "../rule.js";

export const accessOfSharedProxies: Rule = {
  name: "access-of-shared-proxies",
  codes: ["MW0488"],
  description: "Gateways that share proxies and a port list the same access policy.",
  check(context) {
    for (const { subject, value: gateway } of everyOne(context, "VirtualGateway")) {
      const access = accessPolicyOf(context, gateway.policies);
      gateway.listeners.forEach(({ targetPort: port }) => {
        if (isDeferred(port)) return;
        const clashes = clustersOf(context, gateway).flatMap(({ name: cluster }) => {
          const key = `${portKey(gateway, cluster, port)}/AccessPolicy`;
          const first = claim(context, subject, key, JSON.stringify([subject.name, access?.name ?? ""]));
          const [other, otherPolicy] = first === undefined ? [] : (JSON.parse(first) as [string, string]);
          return other === undefined || otherPolicy === (access?.name ?? "") ? [] : [{ other, otherPolicy }];
        });
        const [clash] = clashes;
        if (clash === undefined) return;
        context.findings.add("MW0488", subject, access?.path ?? [], { port, policy: access?.name ?? "", ...clash });
      });
    }
  },
};
