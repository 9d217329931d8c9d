import type { Path, Subject } from "../../diagnostics/diagnostic.js";
import { isDeferred } from "../../model/deferred.js";
import { mayClaimHost } from "../../model/may-claim.js";
import { type Belonging, holderOf, ownOf } from "../facts/holder.js";
import { touchFleet } from "../facts/touch.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

export const exportedToAll: Rule = {
  name: "exported-to-all",
  codes: ["MW0638"],
  description: "Destinations export hosts to everybody only with the operators' consent.",
  check(context) {
    for (const { subject, value } of inFocus(context, "VirtualDestination")) checkHosts(context, subject, value);
    for (const { subject, value } of inFocus(context, "ExternalService")) checkHosts(context, subject, value);
  },
};

interface Exported extends Belonging {
  readonly hosts: readonly string[];
  readonly exportTo?: readonly string[];
}

function checkHosts(context: CheckContext, subject: Subject, value: Exported): void {
  const holder = holderOf(context, value);
  // what belongs to nobody is for all unless it says more
  if (holder === undefined || !(value.exportTo ?? (holder.owner === undefined ? ["*"] : [])).includes("*")) return;
  const hosts = value.hosts.filter((host) => !isDeferred(host) && !mayClaimHost(holder.consents, host));
  const path: Path = value.exportTo === undefined ? [] : ["exportTo"];
  if (hosts.length > 0) touchFleet({ context, subject, holder, path }, "MW0638", { hosts, ...ownOf(holder) });
}
