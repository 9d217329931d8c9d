import { Mesh } from "../../args/fleet.js";
import { serviceAccountsOf } from "../../model/access-policy.js";
import { isDeferred } from "../../model/deferred.js";
import { accessPolicyOf } from "../facts/policies.js";
import { inFocus, type Rule } from "../rule.js";

export const accessOverTrustDomains: Rule = {
  name: "access-over-trust-domains",
  codes: ["MW0481", "MW0482"],
  description: "Each cluster whose callers an access policy allows has its own trust domain.",
  check(context) {
    for (const kind of ["VirtualDestination", "VirtualGateway"] as const) {
      for (const { subject, value } of inFocus(context, kind)) {
        const access = accessPolicyOf(context, value.policies);
        const clusters = context.model.Fleet.get(value.fleet)?.clusters ?? [];
        if (access === undefined) continue;
        const named = new Set(
          access.value.authorizations.flatMap(serviceAccountsOf).flatMap((each) => each.cluster ?? []),
        );
        for (const cluster of clusters.filter(({ name }) => named.has(name))) {
          const others = clusters.filter(({ name, mesh }) => name !== cluster.name && mesh !== Mesh.None);
          const { name: policy, path } = access;
          const { trustDomain } = cluster;
          const same = others.filter((other) => !isDeferred(trustDomain) && other.trustDomain === trustDomain);
          const facts = { policy, cluster: cluster.name };
          if (same.length > 0)
            context.findings.add("MW0481", subject, path, {
              ...facts,
              others: same.map(({ name }) => name),
              trustDomain,
            });
          else if (others.length > 0)
            context.findings.add("MW0482", subject, path, { ...facts, others: others.map(({ name }) => name) });
        }
      }
    }
  },
};
