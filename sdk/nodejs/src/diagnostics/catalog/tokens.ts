import { entry } from "../catalog-entry.js";
import { list, quote } from "../words.js";

/** A key of a set, by its place, and why it is of no use. */
export interface UnusableKeyFact {
  readonly index: number;
  readonly reason: string;
}

/** 046x: tokens. */
export const tokens = {
  MW0460: entry<{ found: string; unusable: readonly UnusableKeyFact[] }>({
    name: "no-key-set",
    severity: "error",
    meaning:
      "The keys of a token provider are no JSON Web Key Set with a key that Envoy can use, so that it would refuse the whole listener.",
    message: ({ found }) => `found ${found}, expected a JSON Web Key Set with at least one public key`,
    detail: ({ unusable }) =>
      unusable.length === 0 ? undefined : unusable.map(({ index, reason }) => `keys[${index}]: ${reason}`).join("; "),
    help: () => 'give what the issuer publishes, as text: `{"keys":[{"kty":"RSA","kid":"...","n":"...","e":"AQAB"}]}`',
  }),
  MW0461: entry<{ provider: string; key: number; reason: string }>({
    name: "unusable-key",
    severity: "warning",
    meaning: "A key of a JSON Web Key Set verifies no tokens and is left out.",
    message: ({ provider, key, reason }) => `key ${key} of provider ${quote(provider)} verifies no tokens: ${reason}`,
    help: () => "correct the key, or remove it; tokens that are signed with it are answered 401",
  }),
  MW0462: entry<{ keys: readonly number[] }>({
    name: "private-key",
    severity: "error",
    meaning: "A JSON Web Key Set holds the private part of a key, with which anybody who reads it could make tokens.",
    message: ({ keys }) => `found private parts of ${list(keys.map((key) => `keys[${key}]`))}, expected public keys`,
    help: () =>
      "give the key set that the issuer publishes, and let the issuer make a new key if others could read this one",
  }),
  MW0463: entry<{ header: string; use: "routes" | "tokens" }>({
    name: "header-not-for-claims",
    severity: "error",
    meaning: "Claims are to be written into a header that Envoy needs for something else.",
    message: ({ header, use }) =>
      use === "routes"
        ? `${quote(header)} decides on the route and can't hold a claim`
        : `${quote(header)} holds tokens, which would be lost: Envoy takes away what it writes before it looks for tokens`,
    help: () => "name another header, such as `x-claim-role`",
  }),
  MW0464: entry<Record<string, never>>({
    name: "token-stays-in-query",
    severity: "error",
    meaning:
      "A token is to be taken out of the query, for which Envoy writes the query anew, sorted and with the other parameters unescaped.",
    message: () => "a token in a query can't be taken away without changing the other parameters",
    help: () => "set `keepToken` to true, or let clients send the token in a header",
  }),
  MW0465: entry<{ rules: string; mode: string }>({
    name: "rules-for-optional-tokens",
    severity: "error",
    meaning: "A policy has rules about what tokens say, and lets requests pass that have none.",
    message: ({ rules, mode }) => `\`${rules}\` needs tokens, and ${quote(mode)} lets requests pass without`,
    help: ({ rules }) => `set \`validationPolicy\` to \`REQUIRE_VALID\`, or remove \`${rules}\``,
  }),
};
