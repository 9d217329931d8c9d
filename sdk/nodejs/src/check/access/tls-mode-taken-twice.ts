import { servicesIn } from "../../model/topology.js";
import { placedBackends } from "../facts/backends.js";
import { accessPolicyOf } from "../facts/policies.js";
import { claim, everyOne, type Rule } from "../rule.js";

export const tlsModeTakenTwice: Rule = {
  name: "tls-mode-taken-twice",
  codes: ["MW0489"],
  description: "At most one destination sets the TLS mode of a pod.",
  check(context) {
    for (const { subject, value } of everyOne(context, "VirtualDestination")) {
      const access = accessPolicyOf(context, value.policies);
      if (access?.value.tlsMode === undefined) continue;
      const clashes = placedBackends(context, value).flatMap(({ cluster: { name: cluster } }) =>
        servicesIn(value, cluster).flatMap(({ namespace, labels }) => {
          const pods = JSON.stringify([namespace, Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))]);
          const other = claim(context, subject, `TlsMode/${value.fleet}/${cluster}/${pods}`, subject.name);
          return other === undefined ? [] : [{ policy: access.name, other, namespace, cluster }];
        }),
      );
      const [clash] = clashes;
      if (clash !== undefined) context.findings.add("MW0489", subject, access.path, clash);
    }
  },
};
