import { entry } from "../catalog-entry.js";
import { list, quote } from "../words.js";

/** A key of a key set, by its index, and the reason why it can't be used. */
export interface UnusableKeyFact {
  readonly index: number;
  readonly reason: string;
}

/** 046x: JSON Web Tokens. */
export const tokens = {
  MW0460: entry<{ found: string; unusable: readonly UnusableKeyFact[] }>({
    name: "no-key-set",
    severity: "error",
    meaning:
      "The keys of a token provider are not a JSON Web Key Set with at least one key that Envoy can use, " +
      "so Envoy would reject the whole listener.",
    message: ({ found }) => `found ${found}, expected a JSON Web Key Set with at least one public key`,
    detail: ({ unusable }) =>
      unusable.length === 0 ? undefined : unusable.map(({ index, reason }) => `keys[${index}]: ${reason}`).join("; "),
    help: () => 'use the text that the issuer publishes: `{"keys":[{"kty":"RSA","kid":"...","n":"...","e":"AQAB"}]}`',
  }),
  MW0461: entry<{ provider: string; key: number; reason: string }>({
    name: "unusable-key",
    severity: "warning",
    meaning: "A key of a JSON Web Key Set can't verify tokens and is left out.",
    message: ({ provider, key, reason }) =>
      `keys[${key}] of provider ${quote(provider)} can't verify tokens: ${reason}`,
    help: () => "correct the key, or remove it; requests with tokens signed by it get a 401",
  }),
  MW0462: entry<{ keys: readonly number[] }>({
    name: "private-key",
    severity: "error",
    meaning: "A JSON Web Key Set has the private part of a key, with which anyone who reads it can forge tokens.",
    message: ({ keys }) => `found private parts of ${list(keys.map((key) => `keys[${key}]`))}, expected public keys`,
    help: () =>
      "use the key set that the issuer publishes, and have the issuer create a new key if others could read this one",
  }),
  MW0463: entry<{ header: string; use: "routes" | "tokens" }>({
    name: "header-not-for-claims",
    severity: "error",
    meaning: "A policy writes claims to a header that Envoy needs for something else.",
    message: ({ header, use }) =>
      use === "routes"
        ? `${quote(header)} selects the route and can't hold a claim`
        : `${quote(header)} holds tokens, which would be lost: ` +
          "Envoy removes the headers that it writes claims to before it looks for tokens",
    help: () => "name another header, such as `x-claim-role`",
  }),
  MW0464: entry<Record<string, never>>({
    name: "token-stays-in-query",
    severity: "error",
    meaning:
      "A policy removes the token from the query, for which Envoy rewrites the query, " +
      "with the other parameters sorted and unescaped.",
    message: () => "a token in the query can't be removed without changing the other parameters",
    help: () => "set `keepToken` to true, or have clients send the token in a header",
  }),
  MW0465: entry<{ rules: string; mode: string }>({
    name: "rules-for-optional-tokens",
    severity: "error",
    meaning: "A policy has rules about the content of tokens, but lets requests pass without one.",
    message: ({ rules, mode }) => `\`${rules}\` needs tokens, but ${quote(mode)} lets requests pass without one`,
    help: ({ rules }) => `set \`validationPolicy\` to \`REQUIRE_VALID\`, or remove \`${rules}\``,
  }),
};
