import type { Authorization, ServiceAccountSelector } from "../../model/access-policy.js";
import { serviceAccountsOf } from "../../model/access-policy.js";
import { isDeferred } from "../../model/deferred.js";
import type { Cluster, EastWestGateway } from "../../model/fleet.js";
import { placedBackends } from "../facts/backends.js";
import { clusterPathsBetween } from "../facts/cluster-paths.js";
import { accessPolicyOf } from "../facts/policies.js";
import { inFocus, type Rule } from "../rule.js";

export const accessBehindGateway: Rule = {
  name: "access-behind-gateway",
  codes: ["MW0484"],
  description:
    "An access policy of a destination that ends TLS at the east-west gateway lets in the gateway, which stands for callers of other networks.",
  check(context) {
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      const access = accessPolicyOf(context, value.policies);
      const fleet = context.model.Fleet.get(value.fleet);
      if (access === undefined || fleet === undefined || value.clientMode !== "tlsTermination") continue;
      const enforced = access.value.authorizations.filter(({ dryRun }) => !dryRun);
      if (enforced.length === 0) continue;
      for (const { cluster } of placedBackends(context, value)) {
        const gateway = cluster.eastWestGateway;
        if (gateway === undefined || enforced.some((each) => letsIn(each, cluster, gateway))) continue;
        const callers = clusterPathsBetween(fleet.clusters, [cluster])
          .filter(({ route }) => route === "mutual-tls")
          .map(({ from }) => from.name);
        if (callers.length === 0) continue;
        const { namespace, serviceAccount } = gateway;
        const facts = { policy: access.name, cluster: cluster.name, namespace, serviceAccount, callers };
        context.findings.add("MW0484", subject, access.path, facts);
      }
    }
  },
};

/** Whether an authorization may let in an east-west gateway; what is not known counts as letting it in. */
function letsIn(authorization: Authorization, cluster: Cluster, gateway: EastWestGateway): boolean {
  const isOpen = authorization.allowedClients?.some((each) => each.serviceAccountSelector === undefined) ?? true;
  return isOpen || serviceAccountsOf(authorization).some((each) => selects(each, cluster, gateway));
}

function selects(selector: ServiceAccountSelector, cluster: Cluster, gateway: EastWestGateway): boolean {
  return (
    (selector.cluster ?? cluster.name) === cluster.name &&
    mayBe(selector.namespace, gateway.namespace) &&
    mayBe(selector.name, gateway.serviceAccount)
  );
}

function mayBe(wanted: string | undefined, found: string): boolean {
  return wanted === undefined || wanted === found || isDeferred(wanted) || isDeferred(found);
}
