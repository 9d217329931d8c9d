/** JSON Web Key Sets, as parsed by Envoy (source/common/jwt/jwks.cc). */
import { createPublicKey, type JsonWebKey } from "node:crypto";
import { isWhole } from "./args-shape.js";

/** A key of a set, reduced to the parameters for verification. */
export interface Jwk {
  readonly kty: "RSA" | "EC" | "OKP" | "oct";
  readonly kid?: string;
  readonly alg?: string;
  readonly crv?: string;
  readonly n?: string;
  readonly e?: string;
  readonly x?: string;
  readonly y?: string;
  readonly k?: string;
}

/** A key that Envoy would skip, and the reason. */
export interface UnusableKey {
  readonly index: number;
  readonly reason: string;
}

/** A parsed key set: the reason why it is invalid, or the keys that verify tokens and those that don't. */
export type ParsedJwks =
  | { readonly problem: string }
  | {
      readonly keys: readonly Jwk[];
      /** The index in the text of each of `keys`. */
      readonly places: readonly number[];
      readonly unusable: readonly UnusableKey[];
      readonly privateKeys: readonly number[];
    };

/** Parses a key set. Messages in the result contain no part of a key. */
export function parseJwks(text: string): ParsedJwks {
  const set = parseJson(text);
  if (!isObject(set)) return { problem: "a text that is no JSON object" };
  const { keys: list } = set;
  if (!Array.isArray(list)) return { problem: list === undefined ? "no `keys`" : "`keys` that are no list" };
  if (list.length === 0) return { problem: "an empty list of `keys`" };
  const keys: Jwk[] = [];
  const unusable: UnusableKey[] = [];
  const places: number[] = [];
  const privateKeys: number[] = [];
  list.forEach((each: unknown, index) => {
    if (isObject(each) && each["kty"] !== "oct" && PRIVATE.some((part) => each[part] !== undefined))
      privateKeys.push(index);
    const read = readKey(each);
    if (typeof read === "string") unusable.push({ index, reason: read });
    else {
      keys.push(read);
      places.push(index);
    }
  });
  return { keys, places, unusable, privateKeys };
}

/** Members of private keys (RFC 7518 6.2.2 and 6.3.2, RFC 8037): any of these reveals the key. */
const PRIVATE = ["d", "p", "q", "dp", "dq", "qi", "oth"] as const;

type Fields = Readonly<Record<string, unknown>>;

/** The curve of each algorithm. */
const CURVES: Readonly<Record<string, string>> = { ES256: "P-256", ES384: "P-384", ES512: "P-521" };

const ALGORITHMS = {
  RSA: ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"],
  EC: Object.keys(CURVES),
  OKP: ["EdDSA"],
  oct: ["HS256", "HS384", "HS512"],
} as const;

/** Returns the key, or the reason why it can't verify tokens. */
function readKey(value: unknown): Jwk | string {
  if (!isObject(value)) return "it is not an object";
  const { kty, kid, alg } = value;
  if (kty !== "RSA" && kty !== "EC" && kty !== "OKP" && kty !== "oct")
    return typeof kty === "string" ? `its \`kty\` is \`${kty.slice(0, 20)}\`` : "it has no `kty`";
  if (kid !== undefined && typeof kid !== "string") return "its `kid` is not a string";
  // a lone surrogate: JSON can escape it, but it makes the whole set unreadable to Envoy
  if (kid !== undefined && !isWhole(kid)) return "its `kid` contains a lone surrogate";
  const purpose = otherPurpose(value);
  if (purpose !== undefined) return purpose;
  const algorithms: readonly string[] = ALGORITHMS[kty];
  if (alg !== undefined && (typeof alg !== "string" || !algorithms.includes(alg))) {
    const found = typeof alg === "string" ? `\`${alg.slice(0, 20)}\`` : "not a string";
    return `its \`alg\` is ${found}, but keys of its type sign with ${algorithms.join(", ")}`;
  }
  const named = { ...(kid !== undefined && { kid }), ...(alg !== undefined && { alg }) };
  const key = readParts(kty, value, alg);
  return typeof key === "string" ? key : { ...key, ...named };
}

/**
 * Returns the reason why a key is not for verification (RFC 7517 4.2 and 4.3). Envoy ignores this, and accepts tokens
 * signed with such a key.
 */
function otherPurpose({ use, key_ops: operations }: Fields): string | undefined {
  if (use !== undefined && use !== "sig") return use === "enc" ? "its `use` is `enc`" : "its `use` is not `sig`";
  if (operations === undefined || (Array.isArray(operations) && operations.includes("verify"))) return undefined;
  return "its `key_ops` do not hold `verify`";
}

function readParts(kty: Jwk["kty"], value: Fields, alg: string | undefined): Jwk | string {
  switch (kty) {
    case "RSA":
      return readRsa(value);
    case "EC":
      return readEc(value, alg);
    case "OKP":
      if (value["crv"] !== "Ed25519") return "its `crv` is not Ed25519";
      return withParts({ kty, crv: "Ed25519" }, value, ["x"]);
    case "oct":
      return withParts({ kty }, value, ["k"]);
  }
}

/** BoringSSL accepts few exponents, odd moduli and no very large keys; small ones protect nothing. */
function readRsa(value: Fields): Jwk | string {
  const key = withParts({ kty: "RSA" }, value, ["n", "e"]);
  if (typeof key === "string") return key;
  const bytes = bytesOf(key.n).length;
  if (bytes < 128 || bytes > 1024) return `it has ${bytes * 8} bits, and 1024 to 8192 are possible`;
  if ((bytesOf(key.n).at(-1) ?? 0) % 2 === 0) return "its modulus is even, which none is that two primes make";
  return [3, 65537].includes(exponentOf(key)) ? key : "its exponent is neither 3 nor 65537";
}

function readEc(value: Fields, alg: string | undefined): Jwk | string {
  const ofAlgorithm = alg === undefined ? undefined : CURVES[alg];
  const curve = value["crv"] ?? ofAlgorithm ?? "P-256";
  if (typeof curve !== "string" || !Object.values(CURVES).includes(curve))
    return "its `crv` is not P-256, P-384 or P-521";
  if (ofAlgorithm !== undefined && ofAlgorithm !== curve) return `its \`alg\` does not go with its \`crv\``;
  return withParts({ kty: "EC", crv: curve }, value, ["x", "y"]);
}

/** Returns the size of an `RSA` or `oct` key in bits, without leading zeros of a modulus. */
export function bitsOf({ kty, n, k }: Jwk): number {
  if (kty === "oct") return Buffer.from(k ?? "", "base64url").length * 8;
  const bytes = bytesOf(n);
  return bytes.length === 0 ? 0 : bytes.length * 8 - (Math.clz32(bytes[0] ?? 0) - 24);
}

/** Returns the exponent of an RSA key; inexact beyond the range of numbers. */
export function exponentOf({ e }: Jwk): number {
  return Number(`0x0${bytesOf(e).toString("hex")}`);
}

/**
 * Node ignores a last character that is no part of a byte; Envoy can't read the key, and refuses a set without others.
 */
function isBase64Url(value: string): boolean {
  return /^[A-Za-z0-9_-]+$/.test(value) && value.length % 4 !== 1;
}

/** Returns the key with these parts, once they prove valid. */
function withParts(start: Jwk, value: Fields, parts: readonly ("n" | "e" | "x" | "y" | "k")[]): Jwk | string {
  const key: Record<string, string> = { ...start };
  for (const part of parts) {
    const written = value[part];
    if (typeof written !== "string") return `it has no \`${part}\``;
    if (!isBase64Url(written)) return `its \`${part}\` is no base64url`;
    key[part] = written;
  }
  const whole = key as unknown as Jwk;
  if (start.kty === "oct") return whole;
  try {
    createPublicKey({ key: whole as JsonWebKey, format: "jwk" });
    return whole;
  } catch {
    return "its numbers make no key";
  }
}

function bytesOf(text = ""): Buffer {
  const bytes = Buffer.from(text, "base64url");
  const first = bytes.findIndex((byte) => byte !== 0);
  return bytes.subarray(Math.max(0, first));
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
