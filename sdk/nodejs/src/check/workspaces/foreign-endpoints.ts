import type { Inside } from "../../diagnostics/catalog/teams.js";
import type { Subject } from "../../diagnostics/diagnostic.js";
import { localPartOf, oldSpellingOf, rangeOf, readingsOf } from "../../model/address-range.js";
import { isDeferred } from "../../model/deferred.js";
import type { ExternalService } from "../../model/external-service.js";
import type { Fleet } from "../../model/fleet.js";
import { clustersNamed } from "../../model/fleet.js";
import { isLocalName } from "../../model/local-names.js";
import { mayClaimAddress, mayClaimHost, mayClaimNamespace } from "../../model/may-claim.js";
import { type Holder, holderOf, ownOf } from "../facts/holder.js";
import { kubernetesName } from "../facts/kubernetes-name.js";
import { type Toucher, touchFleet, touchNamespace } from "../facts/touch.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";
import { domainsOf, isOwn, isSystem } from "./kubernetes-hosts.js";

export const foreignEndpoints: Rule = {
  name: "foreign-endpoints",
  codes: ["MW0633"],
  description: "An external service leads to addresses outside of the fleet, and not to a machine's own.",
  check(context) {
    for (const { subject, value } of inFocus(context, "ExternalService")) checkService(context, subject, value);
  },
};

/** Checks the addresses that an external service leads to: its endpoints, or its hosts as DNS resolves them. */
function checkService(context: CheckContext, subject: Subject, value: ExternalService): void {
  const holder = holderOf(context, value);
  if (holder === undefined) return;
  const clusters = clustersNamed(holder.fleet, value.clusters).map(({ name }) => name);
  const common = { context, subject, holder };
  value.endpoints.forEach(({ address }, index) => {
    const toucher = { ...common, path: ["endpoints", index, "address"] };
    if (isDeferred(address) || mayLeadTo(holder, address)) return;
    checkAddress(toucher, address);
    checkName(toucher, { name: address, isResolved: true }, clusters);
  });
  value.ports.forEach(({ clientsideTls: { sni } = {} }, index) => {
    // gateways between clusters lead to what is asked for, wherever an endpoint's name resolves to one
    const path = ["ports", index, "clientsideTls", "sni"];
    if (sni !== undefined && !isDeferred(sni) && !mayLeadTo(holder, sni))
      checkName({ ...common, path }, { name: sni, isResolved: false }, clusters);
  });
  if (value.endpoints.length === 0)
    value.hosts.forEach((host, index) => {
      if (!isDeferred(host) && !mayLeadTo(holder, host)) checkAddress({ ...common, path: ["hosts", index] }, host);
    });
}

function mayLeadTo({ consents }: Holder, address: string): boolean {
  const spelled = oldSpellingOf(address) ?? address;
  // consent to every host is none to any address
  return rangeOf(spelled) === undefined ? mayClaimHost(consents, address) : mayClaimAddress(consents, spelled);
}

/** Checks addresses in any notation, names that amount to addresses, and the fleet's own gateways. */
function checkAddress(toucher: Toucher, address: string): void {
  const { holder } = toucher;
  const spelled = rangeOf(address) === undefined ? oldSpellingOf(address) : undefined;
  const range = rangeOf(spelled ?? address);
  const local = range && localPartOf(range);
  const inside: Inside | undefined =
    local ??
    (isLocalName(address) ? "loopback" : undefined) ??
    (isEastWest(holder.fleet, spelled ?? address) ? "east-west" : undefined);
  if (inside === undefined) return;
  const facts = { address, inside, ...(spelled !== undefined && { meant: spelled }), ...ownOf(holder) };
  touchFleet(toucher, "MW0633", facts);
}

function isEastWest({ clusters }: Fleet, address: string): boolean {
  const known = clusters.flatMap(({ eastWestGateway }) => eastWestGateway?.addresses ?? []);
  const own = new Set(spellingsOf(address));
  return known.some((each) => !isDeferred(each) && spellingsOf(each).some((spelling) => own.has(spelling)));
}

/** Returns keys that all notations of an address, or of a name, share. */
function spellingsOf(address: string): readonly string[] {
  const range = rangeOf(address);
  if (range === undefined) return [address.toLowerCase()];
  return readingsOf(range).map(({ family, first }) => `${family}/${first}`);
}

/** DNS search paths complete short names in the caller's namespace. */
function checkName(
  toucher: Toucher,
  { name: address, isResolved }: { readonly name: string; readonly isResolved: boolean },
  clusters: readonly string[],
): void {
  const { subject, holder, path } = toucher;
  const domains = domainsOf(holder.fleet);
  const name = rangeOf(address) === undefined ? kubernetesName(address, domains, isResolved) : undefined;
  if (name === undefined || isLocalName(address) || oldSpellingOf(address) !== undefined) return;
  const { namespace = "", isCertain, isAddress } = name;
  const isConsented = isOwn(holder.owner, clusters, name.namespace) || mayClaimNamespace(holder.consents, namespace);
  if (isConsented && isAddress !== true) return;
  const facts = { address, inside: "kubernetes" as const, ...ownOf(holder) };
  if (isCertain || isSystem(holder.fleet, namespace)) touchFleet(toucher, "MW0633", facts);
  else
    touchNamespace(toucher, { clusters, namespace }, "MW0633", (findings) =>
      findings.add("MW0633", subject, path, facts),
    );
}
