/** Signs tokens that examples/policies accepts. */
import { createPrivateKey } from "node:crypto";
import { type SigningKey, signToken } from "./tokens.js";

/** The private half of the key in the example, generated for it. */
const EXAMPLE: SigningKey = {
  kind: "key",
  alg: "ES256",
  kid: "example",
  key: createPrivateKey({
    format: "jwk",
    key: {
      kty: "EC",
      crv: "P-256",
      x: "r8f6MA-H-slRLHhbXYUVBN8g_5ow3qrcq0VMJA32yyA",
      y: "53SSc5i93EbyRuRFIiIbHsFzn5XssRZ2cxiXAIxX_cM",
      d: "VtUbO7sGYgrM28xFEhpSJoVKmqd-cPEn4UwZu7nVzAM",
    },
  }),
};

/** Returns a token of the example's issuer, valid for ten minutes unless the claims say otherwise. */
export function exampleToken(claims: object = {}): string {
  const exp = Math.floor(Date.now() / 1000) + 600;
  return signToken({ iss: "https://login.example.com", aud: "accounts", sub: "ada", exp, ...claims }, EXAMPLE);
}
