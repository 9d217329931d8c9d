import { z } from "zod";
import { JWTValidationPolicy } from "../args/jwt-policy.js";
import { type ClaimName, refuseEmptyParts } from "./claim-match.js";
import { isDeferred, isKnown, type Leaf } from "./deferred.js";
import { ALL_ACTIONS, type RoutePolicyDefinition } from "./definition.js";
import { policyDestinationSchema, type RouteDestination } from "./destination.js";
import { waitingTime, wholeSeconds } from "./duration.js";
import { inOrder } from "./in-order.js";
import { parseJwks } from "./jwks.js";
import { headerValue } from "./match.js";
import type { MakesRequests } from "./policy-destination.js";
import { applyToRoutes, type NarrowedToRoutes } from "./route-selector.js";
import {
  atLeastOne,
  choose,
  fields,
  flag,
  MOST_UINT32,
  oneOf,
  type RefinementContext,
  raise,
  someOf,
  text,
  wholeNumber,
} from "./schema.js";
import { writtenName } from "./written-headers.js";

/** The places where requests carry tokens. */
export interface TokenSource {
  /** Names in lower case, unless deferred. */
  readonly headers: readonly { readonly name: string; readonly prefix: string }[];
  readonly queryParams: readonly string[];
}

/** The keys of a provider: an inline key set, or the request that fetches one from a server. */
export type TokenKeys =
  | { readonly kind: "local"; readonly inline: string }
  | {
      readonly kind: "remote";
      readonly url: string;
      readonly cacheDuration: string;
      readonly timeout: string;
      readonly enableAsyncFetch: Leaf<boolean>;
    };

/** An issuer of tokens, and the rules to verify them. */
export interface JWTProvider {
  readonly issuer?: string;
  readonly audiences: readonly string[];
  readonly tokenSource: TokenSource;
  readonly keys: TokenKeys;
  readonly claimsToHeaders: readonly { readonly claim: string; readonly header: string }[];
  readonly keepToken: Leaf<boolean>;
  readonly clockSkewSeconds: Leaf<number>;
  readonly outputPayloadToHeader?: string;
}

/** A claim that tokens need: one of `values`, if present, and none of `notValues`. */
export interface ClaimRule extends ClaimName {
  readonly values?: readonly string[];
  readonly notValues: readonly string[];
}

/** The tokens that requests of routes need. Its destinations are the key servers of providers with remote keys. */
export interface JWTPolicy extends NarrowedToRoutes, MakesRequests {
  /** By name, sorted by name, which is the order of evaluation. */
  readonly providers: Readonly<Record<string, JWTProvider>>;
  readonly claims: readonly ClaimRule[];
  readonly requiredScopes: readonly string[];
  readonly validationPolicy: Leaf<JWTValidationPolicy>;
}

function notEmpty(value: string, context: RefinementContext): void {
  if (value === "") raise(context, "MW0104", { found: 0, minimum: 1, unit: "characters" });
}

const some = text(notEmpty);

/** The default location of tokens. */
const BEARER: TokenSource = { headers: [{ name: "authorization", prefix: "Bearer " }], queryParams: [] };

const tokenHeader = fields({
  // Envoy removes the header of a verified token
  name: text((name, context) => writtenName(name, context)),
  prefix: text((value, context) => headerValue(value, context)).default(""),
}).transform(({ name, prefix }) => ({ name: lower(name), prefix }));

const sourceSchema: z.ZodType<TokenSource> = fields({
  headers: someOf(tokenHeader).optional(),
  queryParams: someOf(some).optional(),
}).transform((source, context): TokenSource => {
  atLeastOne(source, ["headers", "queryParams"], context);
  return { headers: source.headers ?? [], queryParams: source.queryParams ?? [] };
});

/** A header that the gateway writes; Host selects routes, and can't carry claims. */
const writtenHeader = text((name, context) => {
  writtenName(name, context);
  if (name.toLowerCase() === "host") raise(context, "MW0463", { header: name, use: "routes" });
}).transform(lower);

const keySet = text((value, context) => {
  const parsed = parseJwks(value);
  if ("problem" in parsed) raise(context, "MW0460", { found: parsed.problem, unusable: [] });
  else if (parsed.privateKeys.length > 0) raise(context, "MW0462", { keys: parsed.privateKeys });
  else if (parsed.keys.length === 0) raise(context, "MW0460", { found: "no usable key", unusable: parsed.unusable });
});

/** Split the way Envoy does: everything before the first slash is the Host, the rest is the path. */
const KEYS_URL = /^https?:\/\/(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::(\d{1,5}))?(?:\/[!"$-~]*)?$/;

const MOST_PORT = 65_535;

const keysUrl = text((value, context) => {
  const [found, keysPort = "80"] = KEYS_URL.exec(value) ?? [];
  if (found === undefined || Number(keysPort) < 1 || Number(keysPort) > MOST_PORT)
    raise(context, "MW0110", {
      found: value,
      expected: "a URL of a host, a port and a path, without user and fragment",
      example: "https://login.example.com/.well-known/jwks.json",
    });
});

/** One year in seconds; Envoy counts whole seconds, and accepts at most 285 years. */
const MOST_CACHED = 365 * 24 * 3600;

const remoteSchema = fields({
  url: keysUrl,
  destinationRef: policyDestinationSchema,
  cacheDuration: wholeSeconds(1, MOST_CACHED).default("5m"),
  timeout: waitingTime.default("5s"),
  enableAsyncFetch: flag.default(false),
});

/** A provider, and the destination that serves its keys. */
interface PlacedProvider {
  readonly provider: JWTProvider;
  readonly destination?: RouteDestination;
}

const providerSchema: z.ZodType<PlacedProvider> = fields({
  issuer: some.optional(),
  audiences: z.array(some).default([]),
  tokenSource: sourceSchema.default(BEARER),
  local: fields({ inline: keySet }).optional(),
  remote: remoteSchema.optional(),
  claimsToHeaders: z.array(fields({ claim: some, header: writtenHeader })).default([]),
  keepToken: flag.default(false),
  clockSkewSeconds: wholeNumber(1, MOST_UINT32).default(60),
  outputPayloadToHeader: writtenHeader.optional(),
}).transform(({ local, remote, issuer, outputPayloadToHeader, ...rest }, context): PlacedProvider => {
  choose({ local, remote }, ["local", "remote"], context);
  if (rest.tokenSource.queryParams.length > 0 && rest.keepToken === false)
    raise(context, "MW0464", {}, ["tokenSource", "queryParams"]);
  const provider = {
    ...rest,
    ...(issuer !== undefined && { issuer }),
    ...(outputPayloadToHeader !== undefined && { outputPayloadToHeader }),
  };
  if (remote === undefined) return { provider: { ...provider, keys: { kind: "local", inline: local?.inline ?? "" } } };
  const { destinationRef, ...asked } = remote;
  return { provider: { ...provider, keys: { kind: "remote", ...asked } }, destination: destinationRef };
});

const claimSchema: z.ZodType<ClaimRule> = fields({
  key: some,
  values: someOf(text()).optional(),
  notValues: someOf(text()).optional(),
  nestedClaimDelimiter: some.optional(),
}).transform(({ key, values, notValues, nestedClaimDelimiter }, context): ClaimRule => {
  atLeastOne({ values, notValues }, ["values", "notValues"], context);
  refuseEmptyParts({ key, ...(nestedClaimDelimiter !== undefined && { nestedClaimDelimiter }) }, context);
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
}).transform(({ providers: placed, ...policy }, context): JWTPolicy => {
  const all = Object.entries(inOrder(placed));
  if (all.length === 0) raise(context, "MW0104", { found: 0, minimum: 1, unit: "providers" }, ["providers"]);
  const providers = Object.fromEntries(all.map(([name, { provider }]) => [name, provider]));
  const remote = all.flatMap(([name, { destination }]) => (destination === undefined ? [] : [[name, destination]]));
  refuseTokenHeaders({ providers }, context);
  const { validationPolicy: mode, claims, requiredScopes } = policy;
  const rules = claims.length > 0 ? "claims" : requiredScopes.length > 0 ? "requiredScopes" : undefined;
  if (rules !== undefined && isKnown(mode) && mode !== JWTValidationPolicy.RequireValid)
    raise(context, "MW0465", { rules, mode }, [rules]);
  return { ...policy, providers, ...(remote.length > 0 && { destinations: Object.fromEntries(remote) }) };
});

/** Envoy removes the headers that it will write before it looks for tokens in them. */
function refuseTokenHeaders({ providers }: Pick<JWTPolicy, "providers">, context: RefinementContext): void {
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

export const jwtPolicyKind = {
  section: "jwtPolicies",
  schema: jwtPolicySchema,
  actsOn: ALL_ACTIONS,
  destinations: (provider) => ["providers", provider, "remote", "destinationRef"],
} as const satisfies RoutePolicyDefinition<JWTPolicy>;
