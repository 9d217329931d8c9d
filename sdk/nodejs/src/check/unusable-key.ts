import { isDeferred } from "../model/deferred.js";
import { parseJwks } from "../model/jwks.js";
import { inFocus, type Rule } from "./rule.js";

export const unusableKey: Rule = {
  name: "unusable-key",
  description: "Every key of a key set can verify tokens.",
  check(context) {
    for (const { subject, value } of inFocus(context, "JWTPolicy")) {
      for (const [provider, { keys }] of Object.entries(value.providers)) {
        if (keys.kind !== "local" || isDeferred(keys.inline)) continue;
        const parsed = parseJwks(keys.inline);
        if ("problem" in parsed) continue;
        for (const { index, reason } of parsed.unusable)
          context.findings.add("MW0461", subject, ["providers", provider, "local", "inline"], {
            provider,
            key: index,
            reason,
          });
      }
    }
  },
};
