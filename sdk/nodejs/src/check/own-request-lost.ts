import type { Subject } from "../diagnostics/diagnostic.js";
import { waysOf } from "./crossings.js";
import { describeTarget, servedDestinations } from "./destinations.js";
import type { CheckContext, Rule } from "./rule.js";
import { servedTables } from "./served.js";

export const ownRequestLost: Rule = {
  name: "own-request-lost",
  description:
    "Requests that a policy makes with the Host header of the original do not cross into a cluster without a mesh, where it decides.",
  check(context) {
    for (const served of servedTables(context)) {
      const ways = waysOf(context, served.table);
      for (const { subject, destination, path, report } of servedDestinations(context, served)) {
        const what = whatKeepsHost(context, subject);
        const crossing = what === undefined ? undefined : ways(destination.target).first.get("plaintext");
        if (what === undefined || crossing === undefined) continue;
        const facts = { what, destination: describeTarget(destination.target), to: crossing.to.name };
        report("MW0450", path, facts);
      }
    }
  },
};

/** The requests of a policy that have the Host header of the original; undefined where it makes none, or others. */
function whatKeepsHost({ model }: CheckContext, { kind, name }: Subject): string | undefined {
  if (kind === "MirrorPolicy") return "copies";
  return kind === "ExtAuthPolicy" && model.ExtAuthPolicy.get(name)?.http !== undefined ? "questions" : undefined;
}
