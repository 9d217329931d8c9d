import { isDeferred } from "../../model/deferred.js";
import { inFocus, type Rule } from "../rule.js";

export const coveredTerminationHost: Rule = {
  name: "covered-termination-host",
  codes: ["MW0313"],
  description:
    "No host of a virtual destination with `tlsTermination` is a subdomain of another, whose gateways accept them all.",
  check(context) {
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      if (value.clientMode !== "tlsTermination") continue;
      value.hosts.forEach((host, index) => {
        if (isDeferred(host)) return;
        const by = value.hosts.find((other) => !isDeferred(other) && isBelow(host, other));
        if (by !== undefined) context.findings.add("MW0313", subject, ["hosts", index], { host, by });
      });
    }
  },
};

function isBelow(host: string, other: string): boolean {
  return host.toLowerCase().endsWith(`.${other.toLowerCase()}`);
}
