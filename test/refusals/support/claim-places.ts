/** The places of conditions on claims, each with a policy that verifies tokens. */
import { EXAMPLE_KEYS } from "../../support/example-tokens.js";
import { type Args, type Place, place } from "./place.js";

const claim = (name: string, put: (text: string) => Args): Place =>
  place(`claims.${name}`, "JWTPolicy", "free", (text) => ({
    matcher: { claims: [put(text)] },
    policy: ["JWTPolicy", { providers: { login: { local: { inline: EXAMPLE_KEYS[0] } } } }],
  }));

export const CLAIM_PLACES: readonly Place[] = [
  claim("key", (key) => ({ key, values: ["a"] })),
  claim("values", (text) => ({ key: "a", values: [text] })),
  claim("values, several", (text) => ({ key: "a", values: ["a.b", text] })),
  claim("nestedClaimDelimiter", (nestedClaimDelimiter) => ({ key: "a.b", values: ["a"], nestedClaimDelimiter })),
];
