/** Key sets with keys that are valid, nearly valid, or of another type. */
import fc from "fast-check";
import { CONTROLS, UNICODE } from "./pieces.js";

type Key = Readonly<Record<string, unknown>>;

/** The examples of RFC 7517 and RFC 8037, and a secret of sufficient length. */
const KEYS: readonly Key[] = [
  {
    kty: "EC",
    crv: "P-256",
    x: "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
    y: "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
  },
  {
    kty: "RSA",
    n: [
      "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3o",
      "knjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHz",
      "u6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8",
      "awapJzKnqDKgw",
    ].join(""),
    e: "AQAB",
  },
  { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" },
  { kty: "oct", k: "YSBzZWNyZXQgb2YgdGhlc2UgdGVzdHMsIHdoaWNoIGlzIGxvbmc" },
];

/** Values of members that don't affect the key itself. */
const NAMES: readonly unknown[] = [
  ...["a", "", "__proto__", "é", "\ud800", "a\udc00", "\ud83d\ude00", 1, null, {}],
  ...[...UNICODE, ...CONTROLS],
];

const ALGORITHMS: readonly unknown[] = [
  ...["ES256", "ES384", "RS256", "RS512", "PS384", "EdDSA", "HS256", "HS512", "none", "", "es256", 1],
];

/** Other base64url notations of numbers: leading zeros, trailing bits and characters, and other alphabets. */
const SPELLINGS: readonly ((text: string) => string)[] = [
  (text) => `${text}A`,
  (text) => `${text}AA`,
  (text) => `${text}AAA`,
  (text) => `${text}w`,
  (text) => `${text}ww`,
  (text) => `AAAA${text}`,
  (text) => `AA${text}`,
  (text) => text.slice(0, -1),
  (text) => text.slice(0, -2),
  (text) => `${text.slice(0, -1)}_`,
  (text) => `${text.slice(0, -1)}8`,
  (text) => `${text}=`,
  (text) => text.replaceAll("_", "/").replaceAll("-", "+"),
  (text) => ` ${text}`,
  () => "AQABA",
  () => "Aw",
  () => "Ax",
  () => "A",
  () => "",
];

const key = fc.constantFrom(...KEYS).chain((right) =>
  fc.oneof(
    { arbitrary: fc.constant(right), weight: 1 },
    { arbitrary: fc.constantFrom(...NAMES).map((kid): Key => ({ ...right, kid })), weight: 2 },
    { arbitrary: fc.constantFrom(...ALGORITHMS).map((alg): Key => ({ ...right, alg })), weight: 1 },
    {
      arbitrary: fc
        .tuple(fc.constantFrom("n", "e", "x", "y", "k"), fc.constantFrom(...SPELLINGS))
        .map(([part, spell]): Key => {
          const written = right[part];
          return typeof written === "string" ? { ...right, [part]: spell(written) } : right;
        }),
      weight: 4,
    },
  ),
);

/** Most sets have one key, since Envoy accepts any set with a usable key. */
const sets = fc
  .tuple(key, key, fc.constantFrom(1, 1, 1, 2))
  .map(([first, second, count]) => JSON.stringify({ keys: [first, second].slice(0, count) }));

/** Texts of key sets; some are cases that JSON parsers disagree about. */
export const keySet = fc.oneof(
  { arbitrary: sets, weight: 8 },
  {
    arbitrary: fc
      .tuple(
        sets,
        fc.constantFrom<(text: string) => string>(
          (text) => text.replace("{", '{"keys":[],'),
          (text) => text.replace('"kty"', '"kty":"RSA","kty"'),
          (text) => text.replace("}", ',"a":1e999}'),
          (text) => text.replace("}", `,"a":${"[".repeat(200)}${"]".repeat(200)}}`),
          (text) => text.replace("}", ',"a":"\\udfff","\\ud800":1}'),
          (text) => `\ufeff${text}`,
          (text) => ` ${text}\n`,
          (text) => `${text}//`,
        ),
      )
      .map(([text, change]) => change(text)),
    weight: 1,
  },
);
