import { keySets } from "../facts/key-sets.js";
import type { Rule } from "../rule.js";

export const unusableKey: Rule = {
  name: "unusable-key",
  codes: ["MW0461"],
  description: "Every key of a key set can verify tokens.",
  check(context) {
    for (const { subject, provider, path, set } of keySets(context))
      for (const { index, reason } of set.unusable)
        context.findings.add("MW0461", subject, path, { provider, key: index, reason });
  },
};
