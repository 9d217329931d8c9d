/** Headers, parameters and tokens that requests carry besides those that conditions name. */
import fc from "fast-check";
import { EXAMPLE_TOKENS, FITTING_TOKENS } from "../../support/example-tokens.js";
import { HEADER_NAMES, PARAMETER_NAMES, VALUES } from "./texts.js";

export const extraHeader: fc.Arbitrary<readonly [string, string]> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.tuple(fc.constantFrom(...HEADER_NAMES.filter((name) => name !== "host")), fc.constantFrom(...VALUES)),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<readonly [string, string]>(
      ["te", "trailers"],
      ["TE", "gzip, trailers"],
      ["x-a", "\u0001"],
      ["x-a", " \t a \t "],
      ["x-a", "a\tb"],
      ["X-A", "a".repeat(3000)],
      ["connection", "keep-alive"],
      ["x-envoy-upstream-rq-timeout-ms", "5000"],
      ["x-forwarded-for", "203.0.113.7"],
      ["cookie", "a=1"],
      ["cookie", "b=2"],
      ["x-a", "\u007f"],
      ["x-a", "a\u0000"],
    ),
  },
);

export const queryExtra = fc.tuple(
  fc.oneof({ weight: 30, arbitrary: fc.constantFrom(...PARAMETER_NAMES) }, { weight: 1, arbitrary: fc.constant("é") }),
  fc.oneof(
    { weight: 30, arbitrary: fc.constantFrom("", "=", "=a", "=b", "=a,b", "=%61", "=A", "=a=b", "=?", "=a+b") },
    { weight: 1, arbitrary: fc.constantFrom("=é", "=a#b", "=a b") },
  ),
);

export interface CrossOrigin {
  readonly origin: string;
  readonly asks: string | undefined;
  readonly isReferer: boolean;
}

/** Stands for the origin of the host that the request goes to. */
export const SAME = "same";

export function crossOriginHeaders(of: CrossOrigin | undefined, host: string): readonly [string, string][] {
  if (of === undefined) return [];
  return [
    [of.isReferer ? "referer" : "origin", of.origin === SAME ? `http://${host}` : of.origin],
    ...(of.asks === undefined ? [] : [["access-control-request-method", of.asks] as const]),
  ].map(([name = "", value = ""]): [string, string] => [name, value]);
}

export const token = fc.oneof(fc.constantFrom(...EXAMPLE_TOKENS), fc.constantFrom(...FITTING_TOKENS));

interface TokenPlace {
  readonly headers: (token: string) => readonly [string, string][];
  readonly parameters: (token: string) => readonly string[];
}

const inHeader = (name: string, write: (token: string) => string): TokenPlace => ({
  headers: (token) => [[name, write(token)]],
  parameters: () => [],
});

/** Where most clients put a token. */
export const BEARER = inHeader("Authorization", (token) => `Bearer ${token}`);

/** Where a token is, and forged claims beside it. */
export const tokenPlace: fc.Arbitrary<TokenPlace> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(BEARER) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      inHeader("x-token", (token) => token),
      inHeader("x-token", (token) => `token=${token}`),
      inHeader("x-token", (token) => `other=1; token= ${token}`),
      inHeader("authorization", (token) => `bearer ${token}`),
      inHeader("authorization", (token) => `Basic x, Bearer ${token}`),
      inHeader("authorization", (token) => `Bearer ${token}, Bearer ${token}`),
      inHeader("authorization", () => "Bearer "),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom<TokenPlace>(
      { headers: () => [], parameters: (token) => [`token=${token}`] },
      { headers: () => [], parameters: (token) => [`a=${token.replaceAll(".", "%2E")}`] },
      { headers: (token) => [["authorization", `Bearer ${token}`]], parameters: () => ["token=x"] },
      { headers: (token) => [["authorization", `Bearer ${token}`]], parameters: (token) => [`token=${token}`] },
      {
        headers: (token) => [
          ["x-role", "forged"],
          ["X-Payload", "forged"],
          ["x-token", token],
          ["x-token", token],
        ],
        parameters: () => [],
      },
    ),
  },
);
