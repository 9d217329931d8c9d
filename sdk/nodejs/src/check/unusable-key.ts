import { keySets } from "./key-sets.js";
import type { Rule } from "./rule.js";

export const unusableKey: Rule = {
  name: "unusable-key",
  description: "Every key of a key set can verify tokens.",
  check(context) {
    for (const { subject, provider, path, set } of keySets(context))
      for (const { index, reason } of set.unusable)
        context.findings.add("MW0461", subject, path, { provider, key: index, reason });
  },
};
