import { isDeferred } from "../../model/deferred.js";
import type { TextMatch } from "../../model/text-match.js";
import { type Fits, lookalikeOf, strangerOf } from "../facts/lookalike-origins.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

export const credentialsForStrangers: Rule = {
  name: "credentials-for-strangers",
  codes: ["MW0494", "MW0495"],
  description: "CORS policies that allow credentials accept no origin that anybody can register.",
  check(context) {
    for (const { subject, value } of inFocus(context, "CORSPolicy")) {
      if (value.allowCredentials !== true) continue;
      value.allowOrigins.forEach((match, index) => {
        if (isDeferred(match.value)) return;
        const path = ["allowOrigins", index, match.kind];
        const fits = comparing(context, match);
        const stranger = strangerOf(fits);
        const origin = stranger ?? lookalikeOf(match, fits);
        if (origin !== undefined)
          context.findings.add(stranger === undefined ? "MW0495" : "MW0494", subject, path, { ...match, origin });
      });
    }
  },
};

function comparing(context: CheckContext, { kind, value }: TextMatch): Fits {
  if (kind !== "regex") return (origin) => (kind === "exact" ? origin === value : origin.startsWith(value));
  const compiled = context.compileRegex(value);
  return "reason" in compiled ? () => false : compiled.matches;
}
