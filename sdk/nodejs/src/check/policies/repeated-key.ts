import type { Jwk } from "../../model/jwks.js";
import { keySets } from "../facts/key-sets.js";
import type { Rule } from "../rule.js";

export const repeatedKey: Rule = {
  name: "repeated-key",
  codes: ["MW0496"],
  description: "The keys of a key set are unique, and so is each `kid` among keys of a type.",
  check(context) {
    for (const { subject, provider, path, set } of keySets(context)) {
      const { keys, places } = set;
      keys.forEach((each, index) => {
        const before = keys.slice(0, index);
        const twin = before.findIndex((other) => partsOf(other) === partsOf(each));
        // RFC 7517 4.5: keys of different types may share a `kid`
        const namesake = before.findIndex(({ kid, kty }) => kid !== undefined && kid === each.kid && kty === each.kty);
        const found = twin === -1 ? namesake : twin;
        if (found === -1) return;
        const facts = { provider, key: places[index] ?? 0, other: places[found] ?? 0 };
        context.findings.add("MW0496", subject, path, { ...facts, same: twin === -1 ? "kid" : "key" });
      });
    }
  },
};

/** Identifies a key by its parameters, without its `kid`. */
function partsOf({ kty, crv, n, e, x, y, k }: Jwk): string {
  return JSON.stringify([kty, crv, n, e, x, y, k]);
}
