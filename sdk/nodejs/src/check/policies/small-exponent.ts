import { exponentOf } from "../../model/jwks.js";
import { keySets } from "../facts/key-sets.js";
import type { Rule } from "../rule.js";

export const smallExponent: Rule = {
  name: "small-exponent",
  codes: ["MW0498"],
  description: "RSA keys do not have the exponent 3.",
  check(context) {
    for (const { subject, provider, path, set } of keySets(context))
      set.keys.forEach((key, index) => {
        if (key.kty === "RSA" && exponentOf(key) === 3)
          context.findings.add("MW0498", subject, path, { provider, key: set.places[index] ?? 0 });
      });
  },
};
