/** Parses and verifies tokens as Envoy does (source/common/jwt). */
import { constants, createHmac, createPublicKey, type JsonWebKey, timingSafeEqual, verify } from "node:crypto";
import type { Jwk } from "../model/jwks.js";

/** A well-formed token whose signature is not yet verified. */
export interface Jwt {
  readonly alg: string;
  readonly kid: string;
  readonly issuer: string;
  readonly audiences: readonly string[];
  /** Seconds since the Unix epoch; 0 if absent. */
  readonly notBefore: number;
  readonly expires: number;
  readonly payload: Fields;
  /** The payload as sent. */
  readonly encodedPayload: string;
  readonly signed: string;
  readonly signature: Buffer;
}

export type Fields = Readonly<Record<string, unknown>>;

/** The reason why a token is invalid, in Envoy's words (source/common/jwt/status.cc). */
export type Reason = string;

const ALGORITHMS: ReadonlySet<string> = new Set(
  "ES256 ES384 ES512 HS256 HS384 HS512 RS256 RS384 RS512 PS256 PS384 PS512 EdDSA".split(" "),
);

/** Envoy: Jwt::parseFromString. */
export function parseJwt(text: string): Jwt | Reason {
  const [head, body, tail, ...rest] = text.split(".").filter((part) => part !== "");
  if (head === undefined || body === undefined || tail === undefined || rest.length > 0)
    return "Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections";
  const header = parseSection(head, "header");
  if (typeof header === "string") return header;
  const { alg, kid = "" } = header;
  if (typeof alg !== "string") return "Jwt header [alg] field is required and must be a string";
  if (!ALGORITHMS.has(alg)) return "Jwt header [alg] is not supported";
  if (typeof kid !== "string") return "Jwt header [kid] field is not a string";
  const payload = parseSection(body, "payload");
  if (typeof payload === "string") return payload;
  const { iss = "", sub = "", nbf = 0, exp = 0, iat = 0, jti = "", aud = [] } = payload;
  if (typeof iss !== "string") return "Jwt payload [iss] field is not a string";
  if (typeof sub !== "string") return "Jwt payload [sub] field is not a string";
  for (const [name, value] of Object.entries({ iat, nbf, exp })) {
    if (typeof value !== "number") return `Jwt payload [${name}] field is not an integer`;
    if (value < 0 || value >= 2 ** 64) return `Jwt payload [${name}] field is not a positive 64 bit integer`;
  }
  if (typeof jti !== "string") return "Jwt payload [jti] field is not a string";
  const audiences: unknown[] = typeof aud === "string" ? [aud] : Array.isArray(aud) ? aud : [undefined];
  if (!audiences.every((each) => typeof each === "string"))
    return "Jwt payload [aud] field is not a string or string list";
  const signature = decode(tail);
  if (signature === undefined) return "Jwt signature is an invalid Base64url encoded";
  return {
    alg,
    kid,
    issuer: iss,
    audiences: audiences as string[],
    notBefore: Math.floor(nbf as number),
    expires: Math.floor(exp as number),
    payload,
    encodedPayload: body,
    signed: `${head}.${body}`,
    signature,
  };
}

function parseSection(text: string, name: "header" | "payload"): Fields | Reason {
  const bytes = decode(text);
  if (bytes === undefined) return `Jwt ${name} is an invalid Base64url encoded`;
  try {
    const value: unknown = JSON.parse(bytes.toString("utf8"));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Fields;
  } catch {
    // reported below
  }
  return `Jwt ${name} is an invalid JSON`;
}

function decode(text: string): Buffer | undefined {
  const bare = text.replace(/=+$/, "");
  return /^[A-Za-z0-9_-]*$/.test(bare) && bare.length % 4 !== 1 ? Buffer.from(bare, "base64url") : undefined;
}

/** Returns why no key verifies the token, or undefined if one does. Envoy: verifyJwtWithoutTimeChecking. */
export function signatureFailure(jwt: Jwt, keys: readonly Jwk[]): Reason | undefined {
  const fitting = keys.filter(
    ({ kid = "", alg = "" }) => (jwt.kid === "" || kid === "" || kid === jwt.kid) && (alg === "" || alg === jwt.alg),
  );
  if (fitting.length === 0) return "Jwks doesn't have key to match kid or alg from Jwt";
  for (const key of fitting) {
    if (key.kty === "OKP" && jwt.signature.length !== 64) return "Jwt ED25519 signature is wrong length";
    if (isSignedBy(jwt, key)) return undefined;
  }
  return "Jwt verification fails";
}

function isSignedBy({ alg, signed, signature }: Jwt, jwk: Jwk): boolean {
  const hash = /^(?:ES|HS|RS|PS)384$/.test(alg) ? "sha384" : /^(?:ES|HS|RS|PS)512$/.test(alg) ? "sha512" : "sha256";
  const data = Buffer.from(signed);
  if (jwk.kty === "oct") {
    const made = createHmac(hash, Buffer.from(jwk.k ?? "", "base64url"))
      .update(data)
      .digest();
    return made.length === signature.length && timingSafeEqual(made, signature);
  }
  const key = createPublicKey({ key: jwk as JsonWebKey, format: "jwk" });
  switch (jwk.kty) {
    case "OKP":
      return verify(null, data, key, signature);
    case "EC":
      return verify(hash, data, { key, dsaEncoding: "ieee-p1363" }, signature);
    case "RSA":
      if (alg.startsWith("RS")) return verify(hash, data, key, signature);
      return (
        alg.startsWith("PS") &&
        verify(
          hash,
          data,
          { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO },
          signature,
        )
      );
  }
}

/** Returns the claim at a path through objects; undefined if there is none. */
export function claimAt(fields: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inside, name) =>
      typeof inside === "object" && inside !== null && !Array.isArray(inside) && Object.hasOwn(inside, name)
        ? (inside as Fields)[name]
        : undefined,
    fields,
  );
}
