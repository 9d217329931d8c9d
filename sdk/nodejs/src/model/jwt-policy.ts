import { z } from "zod";
import { JWTValidationPolicy } from "../args/jwt-policy.js";
import { isDeferred, isKnown, type Leaf } from "./deferred.js";
import { inOrder } from "./in-order.js";
import { parseJwks } from "./jwks.js";
import { headerName, headerValue } from "./match.js";
import { applyToRoutes, type NarrowedToRoutes } from "./route-selector.js";
import { atLeastOne, fields, flag, MOST_UINT32, oneOf, raise, someOf, text, wholeNumber } from "./schema.js";

/** Where requests have tokens. */
export interface TokenSource {
  /** Names in small letters, unless deferred. */
  readonly headers: readonly { readonly name: string; readonly prefix: string }[];
  readonly queryParams: readonly string[];
}

/** Who issues tokens, and how they are verified. */
export interface JWTProvider {
  readonly issuer?: string;
  readonly audiences: readonly string[];
  readonly tokenSource: TokenSource;
  /** The key set as text. */
  readonly keys: string;
  readonly claimsToHeaders: readonly { readonly claim: string; readonly header: string }[];
  readonly keepToken: Leaf<boolean>;
  readonly clockSkewSeconds: Leaf<number>;
  readonly outputPayloadToHeader?: string;
}

/** A claim that tokens need: one of `values`, unless these are absent, and none of `notValues`. */
export interface ClaimRule {
  readonly key: string;
  readonly values?: readonly string[];
  readonly notValues: readonly string[];
  readonly nestedClaimDelimiter?: string;
}

/** Which tokens the requests of routes need. */
export interface JWTPolicy extends NarrowedToRoutes {
  /** By name, in the order of the names, in which they are tried. */
  readonly providers: Readonly<Record<string, JWTProvider>>;
  readonly claims: readonly ClaimRule[];
  readonly requiredScopes: readonly string[];
  readonly validationPolicy: Leaf<JWTValidationPolicy>;
}

type Context = z.core.$RefinementCtx<unknown>;

function notEmpty(value: string, context: Context): void {
  if (value === "") raise(context, "MW0104", { found: 0, minimum: 1, unit: "characters" });
}

const some = text(notEmpty);

/** Where tokens are unless it is said. */
const BEARER: TokenSource = { headers: [{ name: "authorization", prefix: "Bearer " }], queryParams: [] };

const tokenHeader = fields({
  name: text((name, context) => headerName(name, context)),
  prefix: text((value, context) => headerValue(value, context)).default(""),
}).transform(({ name, prefix }) => ({ name: lower(name), prefix }));

const sourceSchema: z.ZodType<TokenSource> = fields({
  headers: someOf(tokenHeader).optional(),
  queryParams: someOf(some).optional(),
}).transform((source, context): TokenSource => {
  atLeastOne(source, ["headers", "queryParams"], context);
  return { headers: source.headers ?? [], queryParams: source.queryParams ?? [] };
});

/** A header that the gateway writes itself; Host decides on routes, and is no place for claims. */
const writtenHeader = text((name, context) => {
  headerName(name, context);
  if (name.toLowerCase() === "host") raise(context, "MW0463", { header: name, use: "routes" });
}).transform(lower);

const keySet = text((value, context) => {
  const parsed = parseJwks(value);
  if ("problem" in parsed) raise(context, "MW0460", { found: parsed.problem, unusable: [] });
  else if (parsed.privateKeys.length > 0) raise(context, "MW0462", { keys: parsed.privateKeys });
  else if (parsed.keys.length === 0) raise(context, "MW0460", { found: "no usable key", unusable: parsed.unusable });
});

const providerSchema: z.ZodType<JWTProvider> = fields({
  issuer: some.optional(),
  audiences: z.array(some).default([]),
  tokenSource: sourceSchema.default(BEARER),
  local: fields({ inline: keySet }),
  claimsToHeaders: z.array(fields({ claim: some, header: writtenHeader })).default([]),
  keepToken: flag.default(false),
  clockSkewSeconds: wholeNumber(1, MOST_UINT32).default(60),
  outputPayloadToHeader: writtenHeader.optional(),
}).transform(({ local, issuer, outputPayloadToHeader, ...rest }, context): JWTProvider => {
  if (rest.tokenSource.queryParams.length > 0 && rest.keepToken === false)
    raise(context, "MW0464", {}, ["tokenSource", "queryParams"]);
  return {
    ...rest,
    ...(issuer !== undefined && { issuer }),
    ...(outputPayloadToHeader !== undefined && { outputPayloadToHeader }),
    keys: local.inline,
  };
});

const claimSchema: z.ZodType<ClaimRule> = fields({
  key: some,
  values: someOf(text()).optional(),
  notValues: someOf(text()).optional(),
  nestedClaimDelimiter: some.optional(),
}).transform(({ key, values, notValues, nestedClaimDelimiter }, context): ClaimRule => {
  atLeastOne({ values, notValues }, ["values", "notValues"], context);
  const isNested = nestedClaimDelimiter !== undefined && !isDeferred(key) && !isDeferred(nestedClaimDelimiter);
  if (isNested && key.split(nestedClaimDelimiter).includes(""))
    raise(
      context,
      "MW0110",
      {
        found: key,
        expected: "names of claims between the delimiters",
        example: `address${nestedClaimDelimiter}country`,
      },
      ["key"],
    );
  return {
    key,
    ...(values !== undefined && { values }),
    notValues: notValues ?? [],
    ...(nestedClaimDelimiter !== undefined && { nestedClaimDelimiter }),
  };
});

const scope = text((value, context) => {
  if (value === "" || /\s/.test(value))
    raise(context, "MW0110", { found: value, expected: "one scope, without blanks", example: "orders:read" });
});

export const jwtPolicySchema: z.ZodType<JWTPolicy> = fields({
  applyToRoutes,
  providers: z.record(z.string(), providerSchema),
  claims: z.array(claimSchema).default([]),
  requiredScopes: z.array(scope).default([]),
  validationPolicy: oneOf(JWTValidationPolicy).default(JWTValidationPolicy.RequireValid),
}).transform((policy, context): JWTPolicy => {
  const names = Object.keys(policy.providers);
  if (names.length === 0) raise(context, "MW0104", { found: 0, minimum: 1, unit: "providers" }, ["providers"]);
  refuseTokenHeaders(policy, context);
  const { validationPolicy: mode, claims, requiredScopes } = policy;
  const rules = claims.length > 0 ? "claims" : requiredScopes.length > 0 ? "requiredScopes" : undefined;
  if (rules !== undefined && isKnown(mode) && mode !== JWTValidationPolicy.RequireValid)
    raise(context, "MW0465", { rules, mode }, [rules]);
  return { ...policy, providers: inOrder(policy.providers) };
});

/** Envoy takes away the headers that it will write before it looks for tokens in them. */
function refuseTokenHeaders({ providers }: Pick<JWTPolicy, "providers">, context: Context): void {
  const tokens = new Set(
    Object.values(providers).flatMap(({ tokenSource }) => tokenSource.headers.map(({ name }) => name)),
  );
  for (const [name, { claimsToHeaders, outputPayloadToHeader }] of Object.entries(providers)) {
    claimsToHeaders.forEach(({ header }, index) => {
      if (tokens.has(header))
        raise(context, "MW0463", { header, use: "tokens" }, ["providers", name, "claimsToHeaders", index, "header"]);
    });
    if (outputPayloadToHeader !== undefined && tokens.has(outputPayloadToHeader))
      raise(context, "MW0463", { header: outputPayloadToHeader, use: "tokens" }, [
        "providers",
        name,
        "outputPayloadToHeader",
      ]);
  }
}

function lower(name: string): string {
  return isDeferred(name) ? name : name.toLowerCase();
}
