import { bitsOf, type Jwk } from "../../model/jwks.js";
import { keySets } from "../facts/key-sets.js";
import type { Rule } from "../rule.js";

export const tinyKey: Rule = {
  name: "tiny-key",
  codes: ["MW0497"],
  description: "Every key is as long as its algorithm requires.",
  check(context) {
    for (const { subject, provider, path, set } of keySets(context))
      set.keys.forEach((key, index) => {
        const { minimum, algorithm } = neededFor(key);
        const bits = bitsOf(key);
        const facts = { provider, key: set.places[index] ?? 0, bits, minimum, algorithm };
        if (bits < minimum) context.findings.add("MW0497", subject, path, facts);
      });
  },
};

/**
 * RFC 7518 3.2, 3.3 and 3.5; a curve determines the key length. A key without `alg` verifies all algorithms of its
 * type.
 */
function neededFor({ kty, alg }: Jwk): { readonly minimum: number; readonly algorithm: string } {
  if (kty === "RSA") return { minimum: 2048, algorithm: alg ?? "RSA" };
  if (kty === "oct") return { minimum: Number(alg?.slice(2) ?? 256), algorithm: alg ?? "HS256" };
  return { minimum: 0, algorithm: "" };
}
