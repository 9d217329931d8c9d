import { isDeferred } from "../../model/deferred.js";
import type { RegexCompiler } from "../regex.js";
import { inFocus, type Rule } from "../rule.js";

export const substitutionRefused: Rule = {
  name: "substitution-refused",
  codes: ["MW0214"],
  description:
    "The substitution of a regex rewrite refers only to groups of its pattern, and has no stray backslashes.",
  check(context) {
    for (const { subject, value: table } of inFocus(context, "RouteTable")) {
      table.http.forEach(({ action }, index) => {
        if (action.kind !== "forward" || action.path?.kind !== "regex") return;
        const { pattern, substitution } = action.path;
        const reason = isDeferred(substitution)
          ? undefined
          : refuseSubstitution(substitution, groupsOf(pattern, context.compileRegex));
        const path = ["http", index, "forwardTo", "regexRewrite", "substitution"];
        if (reason !== undefined) context.findings.add("MW0214", subject, path, { substitution, reason });
      });
    }
  },
};

/** Returns the number of groups in a pattern; undefined if unknown. */
function groupsOf(pattern: string, compileRegex: RegexCompiler): number | undefined {
  const compiled = isDeferred(pattern) ? undefined : compileRegex(pattern);
  return compiled !== undefined && "groups" in compiled ? compiled.groups : undefined;
}

function refuseSubstitution(substitution: string, groups: number | undefined): string | undefined {
  if (substitution === "") return "it is empty, which Istio takes for missing";
  for (const [found, follower = ""] of substitution.matchAll(/\\(.?)/gsu)) {
    if (follower === "\\") continue;
    if (!/^\d$/.test(follower)) return `\`${found}\` is not a group, and a plain backslash is written \`\\\\\``;
    if (groups !== undefined && Number(follower) > groups) {
      const count = groups === 1 ? "1 group" : `${groups} groups`;
      return `\`${found}\` asks for group ${follower}, and the pattern has ${count}`;
    }
  }
  return undefined;
}
