import { z } from "zod";
import { type ClaimMatcher, claimSchema } from "./claim-match.js";
import type { Leaf } from "./deferred.js";
import { fields, flag, port, type RefinementContext, raise, someOf, text } from "./schema.js";

/** A condition on a path. */
export interface UriMatch {
  readonly kind: "exact" | "prefix" | "regex";
  readonly value: string;
  readonly ignoreCase: Leaf<boolean>;
}

/** A condition on the value of a header or query parameter; `present` accepts any value. */
export type ValueMatch = { readonly kind: "present" } | { readonly kind: "exact" | "regex"; readonly value: string };

export interface HeaderMatcher {
  /** In lower case, unless deferred. */
  readonly name: string;
  readonly match: ValueMatch;
  readonly invert: boolean;
}

export interface QueryParameterMatcher {
  readonly name: string;
  readonly match: ValueMatch;
}

/** Conditions on a request; all of them must hold. */
export interface Matcher {
  readonly uri?: UriMatch;
  readonly headers: readonly HeaderMatcher[];
  readonly queryParameters: readonly QueryParameterMatcher[];
  /** Absent where there are none. */
  readonly claims?: readonly ClaimMatcher[];
  readonly method?: string;
  readonly port?: Leaf<number>;
}

/** Rejects text that is not a path, or that would end the path or the request line. */
export function absolutePath(value: string, context: RefinementContext, instead?: string): void {
  if (!/^\/[^\s?#\p{Cc}]*$/u.test(value)) {
    raise(context, "MW0110", {
      found: value,
      expected: "a path that begins with a slash and holds no spaces, control characters, `?` or `#`",
      example: "/reviews",
      ...(instead !== undefined && { instead }),
    });
  }
}

/** Rejects text that is not the path of a request. */
function matchedPath(value: string, context: RefinementContext): void {
  const query = value.split("#")[0]?.includes("?") === true;
  absolutePath(value, context, query ? "and match what follows `?` with `queryParameters`" : undefined);
}

/** The size limit of a parameter's name in bytes (Envoy: config.route.v3.QueryParameterMatcher). */
const MOST_PARAMETER_BYTES = 1024;

/** Rejects an expression that exceeds Istio's length limit. The rule `regex-refused` compiles it with RE2. */
export function regexLength(value: string, context: RefinementContext): void {
  if (value.length < 1 || value.length > 1024)
    raise(context, "MW0104", { found: value.length, minimum: 1, maximum: 1024, unit: "characters" });
}

const uriSchema: z.ZodType<UriMatch> = fields({
  exact: text(matchedPath).optional(),
  prefix: text(matchedPath).optional(),
  regex: text(regexLength).optional(),
  ignoreCase: flag.optional(),
}).transform((uri, context): UriMatch => {
  const kinds = ["exact", "prefix", "regex"] as const;
  const found = kinds.filter((kind) => uri[kind] !== undefined);
  const kind = found[0];
  const value = kind === undefined ? undefined : uri[kind];
  if (found.length !== 1 || kind === undefined || value === undefined) {
    raise(context, "MW0106", { found, allowed: kinds, atMost: false });
    return z.NEVER;
  }
  if (kind === "regex" && uri.ignoreCase !== undefined)
    raise(context, "MW0515", { field: "ignoreCase", with: "regex" });
  return { kind, value, ignoreCase: uri.ignoreCase ?? false };
});

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** True if a text is an HTTP token. */
export function isToken(value: string): boolean {
  return TOKEN.test(value);
}

/** Rejects names that are not HTTP tokens, including pseudo-headers. */
export function headerName(value: string, context: RefinementContext, path: (string | number)[] = []): void {
  if (!isToken(value)) raise(context, "MW0210", { what: "header name", found: value }, path);
}

/** Rejects control characters. */
export function headerValue(value: string, context: RefinementContext, path: (string | number)[] = []): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value))
    raise(context, "MW0210", { what: "header value", found: value }, path);
}

function valueMatch(value: string | undefined, regex: boolean | undefined, context: RefinementContext): ValueMatch {
  if (value === undefined) {
    if (regex === true) raise(context, "MW0103", { field: "value", expected: "the expression that `regex` asks for" });
    return { kind: "present" };
  }
  return { kind: regex === true ? "regex" : "exact", value };
}

/** A condition on a header. */
export const headerSchema: z.ZodType<HeaderMatcher> = fields({
  name: text((name, context) => headerName(name, context)),
  value: text((value, context) => headerValue(value, context)).optional(),
  regex: z.boolean().optional(),
  invertMatch: z.boolean().default(false),
}).transform(({ name, value, regex, invertMatch }, context) => ({
  name: name.toLowerCase(),
  match: valueMatch(value, regex, context),
  invert: invertMatch,
}));

const querySchema: z.ZodType<QueryParameterMatcher> = fields({
  name: text((value, context) => {
    const found = Buffer.byteLength(value);
    if (found < 1 || found > MOST_PARAMETER_BYTES)
      raise(context, "MW0104", { found, minimum: 1, maximum: MOST_PARAMETER_BYTES, unit: "bytes" });
  }),
  value: text((value, context) => headerValue(value, context)).optional(),
  regex: z.boolean().optional(),
}).transform(({ name, value, regex }, context) => ({ name, match: valueMatch(value, regex, context) }));

export const matcherSchema: z.ZodType<Matcher> = fields({
  uri: uriSchema.optional(),
  headers: z.array(headerSchema).default([]),
  queryParameters: z.array(querySchema).default([]),
  claims: someOf(claimSchema).optional(),
  method: text((value, context) => {
    if (!TOKEN.test(value)) raise(context, "MW0110", { found: value, expected: "an HTTP method", example: "GET" });
  }).optional(),
  port: port.optional(),
});
