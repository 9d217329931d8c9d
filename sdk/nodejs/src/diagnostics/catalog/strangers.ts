import { entry } from "../catalog-entry.js";
import { quote } from "../words.js";

/** 0494 to 0499: settings that let strangers in. */
export const strangers = {
  MW0494: entry<{ kind: string; value: string; origin: string }>({
    name: "credentials-for-any-origin",
    severity: "error",
    meaning:
      "A CORS policy allows credentials for an origin that anyone can have, so any page can act as its visitors.",
    message: ({ kind, value, origin }) =>
      `${kind} ${quote(value)} allows pages of strangers, such as ${quote(origin)}, with their visitors' credentials`,
    help: () => "name the origins, as in `exact: https://www.example.com`, or set `allowCredentials` to false",
  }),
  MW0495: entry<{ kind: string; value: string; origin: string }>({
    name: "credentials-for-lookalikes",
    severity: "warning",
    meaning:
      "A CORS policy allows credentials for origins that only look like the intended one, and that others can " +
      "register.",
    message: ({ kind, value, origin }) =>
      `${kind} ${quote(value)} also allows ${quote(origin)}, which someone else can register, ` +
      "with its visitors' credentials",
    help: () =>
      "match the whole host: with `exact`, with a prefix that ends in the colon before the port, " +
      "or with a `regex` like `https://([a-z0-9-]+\\.)?example\\.com`",
  }),
  MW0496: entry<{ provider: string; key: number; other: number; same: "kid" | "key" }>({
    name: "repeated-key",
    severity: "warning",
    meaning: "A JSON Web Key Set has a duplicate key, or two keys of the same type with the same `kid`.",
    message: ({ provider, key, other, same }) =>
      same === "key"
        ? `keys[${key}] of provider ${quote(provider)} is the same key as keys[${other}]`
        : `keys[${key}] of provider ${quote(provider)} has the same \`kid\` as keys[${other}], but is a different key`,
    help: ({ same }) =>
      same === "key"
        ? "remove one of them"
        : "give each key a unique `kid`: other verifiers use only the first of them, or none",
  }),
  MW0497: entry<{ provider: string; key: number; bits: number; minimum: number; algorithm: string }>({
    name: "tiny-key",
    severity: "error",
    meaning: "A key of a JSON Web Key Set is so short that others can compute the private key, and then forge tokens.",
    message: ({ provider, key, bits, minimum, algorithm }) =>
      `keys[${key}] of provider ${quote(provider)} has ${bits} bits, expected at least ${minimum} for ${algorithm}`,
    help: () =>
      "have the issuer create a longer key (RFC 7518: 2048 bits for RSA, the size of the hash for HMAC), " +
      "and sign with it",
  }),
  MW0498: entry<{ provider: string; key: number }>({
    name: "small-exponent",
    severity: "warning",
    meaning:
      "An RSA key of a JSON Web Key Set has the exponent 3, with which careless verifiers accept forged signatures.",
    message: ({ provider, key }) =>
      `keys[${key}] of provider ${quote(provider)} has the exponent 3, expected 65537 (\`AQAB\`)`,
    help: () => "have the issuer create a key with the exponent 65537; Envoy itself is not vulnerable",
  }),
};
