/** Key sets and tokens for generated requests, the same in every run. */
import { createPrivateKey } from "node:crypto";
import { jwk, type SigningKey, signToken } from "./tokens.js";

const shared: SigningKey = {
  kind: "oct",
  secret: Buffer.from("a secret of these tests, which is long"),
  kid: "shared",
};
const other: SigningKey = { kind: "oct", secret: Buffer.from("another one, just as long as it has to be") };
const signer: SigningKey = {
  kind: "key",
  alg: "EdDSA",
  kid: "signer",
  key: createPrivateKey({
    format: "jwk",
    // generated for this file
    key: {
      kty: "OKP",
      crv: "Ed25519",
      d: "6hlFYoIsar2DJ9EYxHhr9Ho1pP6Fhg3ORo0PJrUjx6c",
      x: "ODpPKeoANLMIVnh-zsm2xlXzmyj7KI5ZxCtYlKapows",
    },
  }),
};

/** Key sets of providers. */
export const EXAMPLE_KEYS: readonly string[] = [
  JSON.stringify({ keys: [jwk(shared), jwk(signer)] }),
  JSON.stringify({ keys: [jwk(other)] }),
  JSON.stringify({ keys: [{ kty: "RSA" }, jwk(shared), jwk(other)] }),
];

/** Expiry times long after these tests, or long before. */
const LATER = 4_000_000_000;
const EARLIER = 1_000_000_000;

const KINDS: readonly object[] = [
  { role: "admin", scope: "read write", level: 3, vip: true, groups: ["staff", "eu"], address: { country: "fi" } },
  { role: "user", scope: "read", level: 4, vip: false, groups: ["guest"], aud: ["docs.test", "x"] },
  { role: ["user", "admin"], scope: ["write"], level: "3", vip: "true", aud: "shop", address: { country: ["se"] } },
  { role: "", groups: [3, true], level: -1.5, address: "fi", aud: "http://docs.test", exp: LATER },
  { exp: EARLIER, role: "admin", scope: "read" },
  { nbf: LATER, role: "admin" },
  { aud: "nowhere", scope: "" },
];

const BROKEN: readonly object[] = [{ iss: 5 }, { exp: "soon" }, { exp: -1 }, { aud: [1] }, { nbf: null }];

const signed = [shared, other, signer].flatMap((key) => [
  ...["https://a.test", "https://b.test", undefined].flatMap((iss) =>
    KINDS.map((claims) => signToken({ ...(iss && { iss }), ...claims }, key)),
  ),
  ...BROKEN.map((claims) => signToken(claims, key)),
  signToken({ iss: "https://a.test" }, key, { kid: "unknown" }),
  signToken({ iss: "https://a.test" }, key, { alg: "none" }),
]);

/** Tokens that many policies accept. */
export const FITTING_TOKENS: readonly string[] = [shared, other].flatMap((key) =>
  KINDS.slice(0, 4).map((claims) => signToken({ iss: "https://a.test", ...claims }, key)),
);

/** Valid tokens, and tokens with every defect. */
export const EXAMPLE_TOKENS: readonly string[] = [
  ...signed,
  ...signed.slice(0, 4).flatMap((token) => [`${token}AAAA`, token.replace(/\.[^.]+$/, ""), `${token}.x`, `.${token}.`]),
  ...["x", "a.b.c", "e30.e30.e30", "..", `${"x".repeat(40)}.y.z`, "!.!.!"],
];
