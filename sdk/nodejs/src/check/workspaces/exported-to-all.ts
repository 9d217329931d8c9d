import type { Subject } from "../../diagnostics/diagnostic.js";
import { isDeferred } from "../../model/deferred.js";
import { mayClaimHost } from "../../model/may-claim.js";
import { type Belonging, holderOf } from "../facts/holder.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

export const exportedToAll: Rule = {
  name: "exported-to-all",
  codes: ["MW0638"],
  description: "A team exports hosts to everybody only with the operators' consent.",
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
  if (holder?.owner === undefined || !value.exportTo?.includes("*")) return;
  const hosts = value.hosts.filter((host) => !isDeferred(host) && !mayClaimHost(holder.consents, host));
  if (hosts.length > 0) context.findings.add("MW0638", subject, ["exportTo"], { hosts, own: holder.owner.name });
}
