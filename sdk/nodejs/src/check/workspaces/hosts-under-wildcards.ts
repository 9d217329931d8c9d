import type { Subject } from "../../diagnostics/diagnostic.js";
import { isDeferred } from "../../model/deferred.js";
import { hostCovers } from "../../model/host.js";
import { mayClaimHost } from "../../model/may-claim.js";
import type { RouteTable } from "../../model/route-table.js";
import { ownerOf } from "../../model/workspace.js";
import { type Holder, holderOf, ownOf } from "../facts/holder.js";
import { meetingsOf, type Party } from "../facts/holdings.js";
import { type CheckContext, everyOne, isFocused, type Rule } from "../rule.js";

export const hostsUnderWildcards: Rule = {
  name: "hosts-under-wildcards",
  codes: ["MW0647"],
  description:
    "No table takes hosts from under a wildcard of another team's, unless the gateway gives them to its team.",
  check(context) {
    for (const { subject, value } of everyOne(context, "RouteTable")) {
      const holder = holderOf(context, value);
      if (holder === undefined) continue;
      for (const gateway of new Set(value.virtualGateways)) meetAt(context, gateway, subject, value, holder);
    }
  },
};

/** A host of a table on a gateway. */
interface TableHost extends Party {
  readonly subject: Subject;
  readonly own?: string;
  readonly host: string;
  readonly index: number;
  /** True if the gateway's owner or the operators gave the host to the table's team. */
  readonly isGiven: boolean;
  /** True if the table belongs to the gateway's owner, who decides which other teams may have its hosts. */
  readonly isOfGateway: boolean;
}

function meetAt(context: CheckContext, gateway: string, subject: Subject, value: RouteTable, holder: Holder): void {
  const { own } = ownOf(holder);
  const owner = ownerOf(context.model, context.model.VirtualGateway.get(gateway)?.workspace)?.name;
  value.hosts.forEach((host, index) => {
    if (isDeferred(host)) return;
    meetingsOf<TableHost>(context, JSON.stringify(["tables", gateway]), holder.fleetName).meet(
      {
        key: JSON.stringify([subject.name, index]),
        isReported: isFocused(context, subject),
        ...(!host.startsWith("*") && { exact: host.toLowerCase() }),
        subject,
        ...(own !== undefined && { own }),
        host,
        index,
        isGiven: mayClaimHost(holder.consents, host) || isGivenTo(context, gateway, host, own),
        isOfGateway: own !== undefined && own === owner,
      },
      (offender, victim) => judge(context, gateway, offender, victim),
    );
  });
}

/** True if a listener reserves a host for workspaces that include this one. */
function isGivenTo({ model }: CheckContext, gateway: string, host: string, own: string | undefined): boolean {
  const entries = model.VirtualGateway.get(gateway)?.listeners.flatMap((each) => each.allowedRouteTables) ?? [];
  return entries.some(
    (entry) =>
      (isDeferred(entry.host) || hostCovers(entry.host, host)) &&
      entry.workspaces?.some((each) => ownerOf(model, each)?.name === own) === true,
  );
}

function judge({ findings }: CheckContext, gateway: string, offender: TableHost, victim: TableHost): void {
  const { subject, host, own, index } = offender;
  if (victim.own === undefined || victim.own === own || victim.isOfGateway || offender.isGiven) return;
  if (host.toLowerCase() === victim.host.toLowerCase() || !hostCovers(victim.host, host)) return;
  findings.add("MW0647", subject, ["hosts", index], {
    host,
    wide: victim.host,
    table: victim.subject.name,
    owner: victim.own,
    gateway,
    ...(own !== undefined && { own }),
  });
}
