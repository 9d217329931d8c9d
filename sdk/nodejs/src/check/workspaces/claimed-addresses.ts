import type { Subject } from "../../diagnostics/diagnostic.js";
import { quote } from "../../diagnostics/words.js";
import {
  type AddressRange,
  holdsPrivate,
  localPartOf,
  rangeOf,
  rangesMeet,
  readingsOf,
} from "../../model/address-range.js";
import { isDeferred } from "../../model/deferred.js";
import type { ExternalService } from "../../model/external-service.js";
import { clustersNamed } from "../../model/fleet.js";
import { shareableService } from "../../model/isolation.js";
import { mayClaimAddress } from "../../model/may-claim.js";
import { seersOfService } from "../../model/visibility.js";
import { ownsNamespace } from "../../model/workspace.js";
import { type Holder, holderOf, ownOf } from "../facts/holder.js";
import { meetingsOf, type Party } from "../facts/holdings.js";
import { touchFleet, touchNamespace } from "../facts/touch.js";
import { type CheckContext, everyOne, isFocused, type Rule } from "../rule.js";
import { isAgreed } from "./imported-places.js";

export const claimedAddresses: Rule = {
  name: "claimed-addresses",
  codes: ["MW0634", "MW0635"],
  description: "No external service claims the addresses of pods, Services, or other teams for callers of other teams.",
  check(context) {
    for (const { subject, value } of everyOne(context, "ExternalService")) {
      const holder = holderOf(context, value);
      if (holder === undefined || value.addresses.length === 0) continue;
      const seers = foreignSeers(context, subject.name, value, holder);
      value.addresses.forEach((address, index) => {
        const range = isDeferred(address) ? undefined : rangeOf(address);
        if (range !== undefined) checkAddress({ context, subject, value, holder, seers }, { address, range, index });
      });
    }
  },
};

/** The foreign namespaces whose sidecars see a service, by cluster; gateways ignore addresses. */
type Seers = ReadonlyMap<string, readonly string[]>;

function foreignSeers(context: CheckContext, name: string, value: ExternalService, holder: Holder): Seers {
  const { fleet, owner } = holder;
  const entries = clustersNamed(fleet, value.clusters).map((cluster): readonly [string, readonly string[]] => {
    const isForeign = (namespace: string): boolean =>
      namespace !== "." &&
      !fleet.gatewayNamespaces.includes(namespace) &&
      !(owner !== undefined && ownsNamespace(owner.workspace, cluster.name, namespace));
    return [cluster.name, seersOfService({ model: context.model, fleet, cluster }, name, value).filter(isForeign)];
  });
  return new Map(entries.filter(([, namespaces]) => namespaces.length > 0));
}

interface Service {
  readonly context: CheckContext;
  readonly subject: Subject;
  readonly value: ExternalService;
  readonly holder: Holder;
  readonly seers: Seers;
}

interface Claimed {
  readonly address: string;
  readonly range: AddressRange;
  readonly index: number;
}

/** An address or a range that a service claims. */
interface ClaimedRange extends Party, Claimed {
  readonly subject: Subject;
  readonly own?: string;
  /** The range, and the IPv4 ranges that its IPv6 addresses embed. */
  readonly readings: readonly AddressRange[];
  /** True if the claim affects no other team: the operators consent to it, or only own callers see it. */
  readonly isHarmless: boolean;
  readonly clusters: readonly string[];
}

function checkAddress({ context, subject, value, holder, seers }: Service, claimed: Claimed): void {
  const { address, range, index } = claimed;
  const path = ["addresses", index];
  const isHarmless = seers.size === 0 || mayClaimAddress(holder.consents, address);
  const part = localPartOf(range) ?? (holdsPrivate(range) ? "private" : undefined);
  if (part !== undefined && !isHarmless && isFocused(context, subject)) {
    const facts = { address, part, ...ownOf(holder) };
    const toucher = { context, subject, holder, path };
    const resource = shareableService(subject.name, value);
    for (const [cluster, namespaces] of seers) {
      for (const namespace of namespaces) {
        if (namespace === "*") touchFleet(toucher, "MW0634", facts);
        else
          touchNamespace(toucher, { clusters: [cluster], namespace }, "MW0634", (findings, to) => {
            if (!isAgreed(toucher, resource, to)) findings.add("MW0634", subject, path, facts);
          });
      }
    }
  }
  meetingsOf<ClaimedRange>(context, "addresses", holder.fleetName).meet(
    {
      ...claimed,
      key: JSON.stringify([subject.name, index]),
      isReported: isFocused(context, subject),
      subject,
      ...ownOf(holder),
      isHarmless,
      readings: readingsOf(range),
      clusters: clustersOf(context, subject.name),
    },
    (offender, victim) => judge(context, offender, victim),
  );
}

function clustersOf({ model }: CheckContext, name: string): readonly string[] {
  const value = model.ExternalService.get(name);
  const fleet = value && model.Fleet.get(value.fleet);
  return fleet === undefined ? [] : clustersNamed(fleet, value?.clusters).map((cluster) => cluster.name);
}

function judge({ findings }: CheckContext, offender: ClaimedRange, victim: ClaimedRange): void {
  if (offender.isHarmless || victim.own === undefined || victim.own === offender.own) return;
  if (!offender.readings.some((one) => victim.readings.some((other) => rangesMeet(one, other)))) return;
  if (!offender.clusters.some((cluster) => victim.clusters.includes(cluster))) return;
  findings.add("MW0635", offender.subject, ["addresses", offender.index], {
    address: offender.address,
    other: `ExternalService ${quote(victim.subject.name)}`,
    otherAddress: victim.address,
    owner: victim.own,
    ...(offender.own !== undefined && { own: offender.own }),
  });
}
