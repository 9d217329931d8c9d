import type { Subject } from "../diagnostics/diagnostic.js";
import { waysOf } from "./crossings.js";
import { describeTarget, destinationsOf } from "./destinations.js";
import { type CheckContext, inFocus, type Rule } from "./rule.js";

export const ownRequestLost: Rule = {
  name: "own-request-lost",
  description:
    "Requests that a policy makes with the Host header of the original do not cross into a cluster without a mesh, where it decides.",
  check(context) {
    for (const table of inFocus(context, "RouteTable")) {
      const ways = waysOf(context, table.value);
      for (const { subject, destination, path } of destinationsOf(context, table)) {
        const what = whatKeepsHost(context, subject);
        const crossing = what === undefined ? undefined : ways(destination.target).first.get("plaintext");
        if (what === undefined || crossing === undefined) continue;
        const facts = { what, destination: describeTarget(destination.target), to: crossing.to.name };
        context.findings.add("MW0450", subject, path, facts);
      }
    }
  },
};

/** The requests of a policy that have the Host header of the original; undefined where it makes none, or others. */
function whatKeepsHost({ model }: CheckContext, { kind, name }: Subject): string | undefined {
  if (kind === "MirrorPolicy") return "copies";
  return kind === "ExtAuthPolicy" && model.ExtAuthPolicy.get(name)?.http !== undefined ? "questions" : undefined;
}
