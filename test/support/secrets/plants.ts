/** Texts that act as secrets, and the search for them in printed output. */
import { Buffer } from "node:buffer";
import { isMap } from "./program.js";

const LETTERS = "qxzjkvw";

/** The number of consecutive characters of a secret that count as a leak. */
const PART = 6;
/** The same amount of information in base64 characters. */
const PART_OF_BASE64 = 8;

type Choose = (most: number) => number;

/** Creates secrets of every grammar, valid and invalid, and detects parts of them in a text. */
export class Plants {
  readonly #choose: Choose;
  readonly #parts = new Map<string, string>();
  /** Number of planted secrets. */
  count = 0;

  /** Takes a function that chooses an integer in [0, most). */
  constructor(choose: Choose) {
    this.#choose = choose;
  }

  /** Returns a secret to replace a value, of the same type and grammar or of another. */
  plant(value: unknown, way = this.#choose(WAYS.length + 3)): unknown {
    this.count += 1;
    const make = WAYS[way];
    if (typeof value === "number" && way % 3 !== 0) return this.#number(way);
    return make === undefined ? this.#beside(value, way) : make(() => this.#token());
  }

  /** Returns a copy of a list or map with secrets in all of its leaves and as some of its keys. */
  plantIn(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.plantIn(item));
    if (isMap(value))
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [this.#choose(4) === 0 ? this.#token() : key, this.plantIn(item)]),
      );
    return ["string", "number"].includes(typeof value) ? this.plant(value) : value;
  }

  /** Returns the part of a secret that a text contains, with the whole secret; undefined if there is none. */
  find(text: string): string | undefined {
    for (const [each, length] of [
      [text.toLowerCase(), PART],
      [text, PART_OF_BASE64],
    ] as const)
      for (let at = 0; at + length <= each.length; at++) {
        const secret = this.#parts.get(each.slice(at, at + length));
        if (secret !== undefined) return `${each.slice(Math.max(0, at - 60), at + 60)} (of ${secret})`;
      }
    return undefined;
  }

  /** Alternates letters and digits, as no word or hash does. */
  #token(): string {
    const pairs = Array.from({ length: 8 }, () => `${LETTERS[this.#choose(LETTERS.length)]}${2 + this.#choose(8)}`);
    return this.#note(this.#choose(4) === 0 ? pairs.join("").toUpperCase() : pairs.join(""));
  }

  /** Few are in range; the others have too many digits for the field. */
  #number(way: number): number {
    const digits = Array.from({ length: 9 }, () => 1 + this.#choose(9)).join("");
    this.#note(digits);
    return way % 2 === 0 ? Number(digits) : Number(`0.${digits}`);
  }

  #beside(value: unknown, way: number): unknown {
    const text = typeof value === "string" ? value : "a";
    return [`${text}${this.#token()}`, `${this.#token()}${text}`, text.replace(/[\w.-]+$/, `${this.#token()}.test`)][
      way % 3
    ];
  }

  #note(secret: string): string {
    const add = (text: string, length: number) => {
      for (let at = 0; at + length <= text.length; at++) this.#parts.set(text.slice(at, at + length), secret);
    };
    add(secret.toLowerCase(), PART);
    for (const before of ["", "x", "xx"]) {
      // the ends depend on the neighboring characters
      const encoded = Buffer.from(`${before}${secret}`).toString("base64url").slice(4, -4);
      add(encoded, PART_OF_BASE64);
    }
    return secret;
  }
}

type Token = () => string;

const jwks = (...keys: readonly object[]) => JSON.stringify({ keys });
const encoded = (text: string) => Buffer.from(text).toString("base64url");
const KEY = { kty: "OKP", crv: "Ed25519", x: "ODpPKeoANLMIVnh-zsm2xlXzmyj7KI5ZxCtYlKapows" };

/** Values by grammar. */
const WAYS: readonly ((token: Token) => unknown)[] = [
  (token) => token(),
  // longer than findings show
  (token) => Array.from({ length: 9 }, token).join(" "),
  (token) => Array.from({ length: 9 }, token).join(""),
  (token) => "x".repeat(74) + token(),
  // characters that findings and terminals escape
  (token) => `${token()}\n${token()}"${token()}\\${token()}\t'\`${token()}`,
  (token) => `ä${token()}\u202e${token()}\u0000${token()}\ud83d${token()}`,
  // hosts, labels, addresses
  (token) => `${token()}.${token()}.example.com`.toLowerCase(),
  (token) => `*.${token()}.example.com`,
  (token) => `${token()}.shop.svc.cluster.local`.toLowerCase(),
  (token) => `${token()}_.-`,
  (token) => `fd00::${token()}`,
  (token) => `v-${token()}`.toLowerCase(),
  // paths and expressions
  (token) => `/${token()}/`,
  (token) => `/${token()}?${token()}#${token()}%zz`,
  (token) => `/${token()}(a|b)+.*`,
  (token) => `${token()}(?=${token()})`,
  (token) => `(${token()}[${token()}`,
  (token) => `${token()}\\1\\C**${token()}`,
  (token) => `(?P<${token()}>a)(?P<${token()}`,
  // URLs, headers, templates, durations
  (token) => `https://${token()}.test:8443/${token()}?a=${token()}`,
  (token) => `ftp://${token()}:${token()}@${token()}/#${token()}`,
  (token) => `${token()}: ${token()}`,
  (token) => `%REQ(${token()})% %NOPE${token()}%`,
  (token) => `{{ ${token()}("${token()}") }}`,
  (token) => `${token()}h`,
  // key sets
  (token) => jwks({ ...KEY, kid: token() }, { kty: "oct", k: encoded(token() + token()), kid: token() }),
  (token) => jwks({ ...KEY, kid: "a" }, { ...KEY, kid: "a", alg: token() }, { kty: token(), [token()]: 1 }),
  (token) => jwks({ ...KEY, d: encoded(token() + token()), kid: token() }),
  (token) => jwks({ ...KEY, use: token(), key_ops: [token()] }, { kty: "oct", k: token(), alg: token() }),
  (token) => `{"keys":[{"kty":"oct","k":"${token()}"},]`,
  (token) => JSON.stringify(JSON.stringify({ [token()]: token() })),
  // other types
  (token) => ({ [token()]: token() }),
  (token) => [token(), [token()]],
  (token) => ({ exact: token(), kind: token(), ref: { kind: token(), name: token(), model: token() } }),
];
