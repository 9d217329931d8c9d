import type { Subject } from "../../diagnostics/diagnostic.js";
import { quote } from "../../diagnostics/words.js";
import { carries } from "../../model/labels.js";
import { mayClaimNamespace } from "../../model/may-claim.js";
import type { VirtualGateway } from "../../model/virtual-gateway.js";
import { clustersOf } from "../facts/callers.js";
import { type Holder, holderOf, ownOf } from "../facts/holder.js";
import { meetingsOf, type Party } from "../facts/holdings.js";
import { touchFleet } from "../facts/touch.js";
import { type CheckContext, everyOne, isFocused, type Rule } from "../rule.js";
import { refuseSecretsOfListeners } from "./secrets-of-others.js";

export const gatewayProxies: Rule = {
  name: "gateway-proxies",
  codes: ["MW0636"],
  description: "A team's gateway selects no proxies of others: Istio matches labels in all namespaces.",
  check(context) {
    for (const { subject, value } of everyOne(context, "VirtualGateway")) {
      const holder = holderOf(context, value);
      if (holder === undefined) continue;
      if (isFocused(context, subject)) checkEastWestGateways(context, subject, value, holder);
      const party: ProxyParty = {
        key: subject.name,
        isReported: isFocused(context, subject),
        subject,
        value,
        holder,
        clusters: clustersOf(context, value).map(({ name }) => name),
      };
      meetingsOf<ProxyParty>(context, "gateways", holder.fleetName).meet(party, (offender, victim) =>
        judge(context, offender, victim),
      );
    }
  },
};

interface ProxyParty extends Party {
  readonly subject: Subject;
  readonly value: VirtualGateway;
  readonly holder: Holder;
  readonly clusters: readonly string[];
}

const PATH = ["workloads", "labels"];

/** East-west gateways of the fleet belong to the operators. */
function checkEastWestGateways(context: CheckContext, subject: Subject, value: VirtualGateway, holder: Holder): void {
  const gateway = holder.fleet.clusters.find(
    ({ name, eastWestGateway }) =>
      eastWestGateway !== undefined &&
      (value.clusters?.includes(name) ?? true) &&
      eastWestGateway.namespace !== value.namespace &&
      carries(eastWestGateway.labels, value.workloads.labels) &&
      !mayClaimNamespace(holder.consents, eastWestGateway.namespace),
  )?.eastWestGateway;
  if (gateway === undefined) return;
  const other = `the east-west gateway of Fleet ${quote(holder.fleetName)}`;
  touchFleet({ context, subject, holder, path: PATH }, "MW0636", { other, namespace: gateway.namespace });
}

/** Pods of the victim carry its labels, so a subset of these labels selects them too. */
function judge(context: CheckContext, offender: ProxyParty, victim: ProxyParty): void {
  const { namespace, workloads } = victim.value;
  if (ownOf(offender.holder).own === ownOf(victim.holder).own || namespace === offender.value.namespace) return;
  if (!carries(workloads.labels, offender.value.workloads.labels)) return;
  if (!offender.clusters.some((cluster) => victim.clusters.includes(cluster))) return;
  if (mayClaimNamespace(offender.holder.consents, namespace)) {
    refuseSecretsOfListeners({ context, ...offender }, [namespace]);
    return;
  }
  const { own: owner } = ownOf(victim.holder);
  const other = `VirtualGateway ${quote(victim.subject.name)}`;
  context.findings.add("MW0636", offender.subject, PATH, { other, namespace, ...(owner !== undefined && { owner }) });
}
