/** Creates JSON Web Tokens. */
import {
  constants,
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  sign,
} from "node:crypto";

/** A signing key for tokens: a secret (HS256) or a private key. */
export type SigningKey =
  | { readonly kind: "oct"; readonly secret: Buffer; readonly kid?: string }
  | { readonly kind: "key"; readonly alg: string; readonly key: KeyObject; readonly kid?: string };

/** Returns a new private key; `kid` names it in key sets with several keys. */
export function newSigningKey(kid?: string): SigningKey {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { kind: "key", alg: "ES256", key: privateKey, ...(kid !== undefined && { kid }) };
}

/** Returns the key as a member of a key set. */
export function jwk(key: SigningKey): object {
  const named = { ...(key.kid !== undefined && { kid: key.kid }) };
  if (key.kind === "oct") return { kty: "oct", k: key.secret.toString("base64url"), ...named };
  const exported: JsonWebKey = createPublicKey(key.key).export({ format: "jwk" });
  return { ...exported, alg: key.alg, ...named };
}

/** Returns a token with these claims; `header` overrides the key's default header. */
export function signToken(claims: object, key: SigningKey, header: object = {}): string {
  const alg = key.kind === "oct" ? "HS256" : key.alg;
  const head = { alg, ...(key.kid !== undefined && { kid: key.kid }), ...header };
  const signed = [head, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  return `${signed}.${signature(signed, key).toString("base64url")}`;
}

function signature(signed: string, key: SigningKey): Buffer {
  if (key.kind === "oct") return createHmac("sha256", key.secret).update(signed).digest();
  const data = Buffer.from(signed);
  if (key.alg === "EdDSA") return sign(null, data, key.key);
  const padding = key.alg.startsWith("PS") && {
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  };
  return sign(`sha${key.alg.slice(2)}`, data, { key: key.key, dsaEncoding: "ieee-p1363", ...padding });
}
