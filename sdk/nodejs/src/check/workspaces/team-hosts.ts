import type { Path, Subject } from "../../diagnostics/diagnostic.js";
import { quote } from "../../diagnostics/words.js";
import { isDeferred } from "../../model/deferred.js";
import { clustersNamed } from "../../model/fleet.js";
import { hostCovers } from "../../model/host.js";
import { mayClaimHost } from "../../model/may-claim.js";
import type { VirtualDestination } from "../../model/virtual-destination.js";
import { seersOf, seersOfService } from "../../model/visibility.js";
import { ownsNamespace } from "../../model/workspace.js";
import { type Holder, holderOf, ownOf } from "../facts/holder.js";
import { meetingsOf, type Party } from "../facts/holdings.js";
import { type CheckContext, everyOne, isFocused, type Rule } from "../rule.js";

export const teamHosts: Rule = {
  name: "team-hosts",
  codes: ["MW0632"],
  description: "No destination claims, covers or leads to the hosts of another team's destinations.",
  check(context) {
    for (const { subject, value } of everyOne(context, "VirtualDestination")) {
      const holder = holderOf(context, value);
      if (holder !== undefined)
        meetAll({ context, subject, holder }, value.hosts, reaches(context, holder, subject, value));
    }
    for (const { subject, value } of everyOne(context, "ExternalService")) {
      const holder = holderOf(context, value);
      if (holder === undefined) continue;
      const place = { context, subject, holder, ...(value.clusters && { clusters: value.clusters }) };
      const seen = clustersNamed(holder.fleet, value.clusters).some((cluster) =>
        seersOfService({ model: context.model, fleet: holder.fleet, cluster }, subject.name, value).some(
          (namespace) => !isOwnPlace(holder, cluster.name, namespace),
        ),
      );
      meetAll(place, value.hosts, seen);
      value.endpoints.forEach(({ address }, index) => {
        meet(place, { host: address, path: ["endpoints", index, "address"], isSeen: seen, isEndpoint: true });
      });
      value.ports.forEach(({ clientsideTls: { sni } = {} }, index) => {
        const path = ["ports", index, "clientsideTls", "sni"];
        if (sni !== undefined) meet(place, { host: sni, path, isSeen: seen, isEndpoint: true });
      });
    }
  },
};

function reaches(context: CheckContext, holder: Holder, { name }: Subject, value: VirtualDestination): boolean {
  const { fleet } = holder;
  return fleet.clusters.some((cluster) =>
    seersOf({ model: context.model, fleet, cluster }, name, value).some(
      (namespace) => !isOwnPlace(holder, cluster.name, namespace),
    ),
  );
}

/** True if a namespace that sees a host contains only own callers, or gateways. */
function isOwnPlace({ fleet, owner }: Holder, cluster: string, namespace: string): boolean {
  if (namespace === "." || fleet.gatewayNamespaces.includes(namespace)) return true;
  return owner !== undefined && ownsNamespace(owner.workspace, cluster, namespace);
}

interface HostHolder {
  readonly context: CheckContext;
  readonly subject: Subject;
  readonly holder: Holder;
  /** The clusters where the hosts exist; absent means all. */
  readonly clusters?: readonly string[];
}

interface Named {
  readonly host: string;
  readonly path: Path;
  /** True if callers of other teams see it. */
  readonly isSeen: boolean;
  /** True if requests are only sent there; endpoints claim no hosts. */
  readonly isEndpoint: boolean;
}

/** A host, and its owner. */
interface HostParty extends Party, Named {
  readonly subject: Subject;
  readonly own?: string;
  readonly clusters?: readonly string[];
  readonly isConsented: boolean;
}

function meetAll(place: HostHolder, hosts: readonly string[], isSeen: boolean): void {
  hosts.forEach((host, index) => {
    meet(place, { host, path: ["hosts", index], isSeen, isEndpoint: false });
  });
}

function meet({ context, subject, holder, clusters }: HostHolder, named: Named): void {
  const { host, path } = named;
  if (isDeferred(host)) return;
  const party: HostParty = {
    ...named,
    key: JSON.stringify([subject.kind, subject.name, path]),
    isReported: isFocused(context, subject),
    ...(!host.startsWith("*") && { exact: host.toLowerCase() }),
    subject,
    ...ownOf(holder),
    ...(clusters && { clusters }),
    isConsented: mayClaimHost(holder.consents, host),
  };
  meetingsOf<HostParty>(context, "hosts", holder.fleetName).meet(party, (offender, victim) =>
    judge(context, offender, victim),
  );
}

/**
 * Hosts of virtual destinations are unique in a fleet. Several teams may declare the same external host, each for
 * itself, so only a wider host that others can see conflicts with theirs.
 */
function judge({ findings }: CheckContext, offender: HostParty, victim: HostParty): void {
  if (victim.own === undefined || victim.own === offender.own || victim.isEndpoint || offender.isConsented) return;
  if (!hostCovers(offender.host, victim.host) || areApart(offender.clusters, victim.clusters)) return;
  const isWider = offender.host.toLowerCase() !== victim.host.toLowerCase();
  if (victim.subject.kind === "ExternalService" && !(isWider && offender.isSeen)) return;
  findings.add("MW0632", offender.subject, offender.path, {
    host: offender.host,
    other: `${victim.subject.kind} ${quote(victim.subject.name)}`,
    otherHost: victim.host,
    owner: victim.own,
    ...(offender.own !== undefined && { own: offender.own }),
  });
}

function areApart(some: readonly string[] | undefined, others: readonly string[] | undefined): boolean {
  return some !== undefined && others !== undefined && !some.some((each) => others.includes(each));
}
