import { z } from "zod";
import { RateLimitMetadataSource, RateLimitUnit } from "../args/rate-limit-policy.js";
import type { Leaf } from "./deferred.js";
import { ALL_ACTIONS, type Placed, type RoutePolicyDefinition } from "./definition.js";
import { policyDestinationSchema, type RouteDestination } from "./destination.js";
import { duration } from "./duration.js";
import { type HeaderMatcher, headerName, headerSchema } from "./match.js";
import { valuePatterns } from "./patterns.js";
import type { MakesRequests } from "./policy-destination.js";
import { applyToRoutes, type NarrowedToRoutes } from "./route-selector.js";
import {
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

/** A rate limit that each proxy counts on its own, per route. */
export interface LocalRateLimit {
  readonly requestsPerUnit: Leaf<number>;
  readonly unit: Leaf<RateLimitUnit>;
  readonly burst: Leaf<number>;
}

/** Produces one entry of a request's descriptor. */
export type RateLimitAction =
  | { readonly kind: "genericKey"; readonly descriptorValue: string; readonly descriptorKey?: string }
  | {
      readonly kind: "requestHeaders";
      /** In lower case, unless deferred. */
      readonly headerName: string;
      readonly descriptorKey: string;
      readonly skipIfAbsent: Leaf<boolean>;
    }
  | {
      readonly kind: "headerValueMatch";
      readonly descriptorValue: string;
      readonly descriptorKey?: string;
      readonly expectMatch: Leaf<boolean>;
      readonly headers: readonly HeaderMatcher[];
    }
  | {
      readonly kind: "metadata";
      readonly descriptorKey: string;
      readonly metadataKey: MetadataKey;
      readonly defaultValue?: string;
      readonly source: Leaf<RateLimitMetadataSource>;
    }
  | { readonly kind: "remoteAddress" | "sourceCluster" | "destinationCluster" };

/** A text in metadata: its namespace, and the path within it. */
export interface MetadataKey {
  readonly key: string;
  readonly path: readonly { readonly key: string }[];
}

/** Rate limits that a server counts for all proxies together. */
export interface GlobalRateLimit {
  readonly domain: string;
  readonly requestTimeout: string;
  readonly denyOnFail: Leaf<boolean>;
  /** The descriptors of each request, as lists of entries. */
  readonly rateLimits: readonly (readonly RateLimitAction[])[];
}

/** Rate limits of routes: either `local` or `global`. */
export interface RateLimitPolicy extends NarrowedToRoutes, MakesRequests {
  readonly destinations?: { readonly server: RouteDestination };
  readonly local?: LocalRateLimit;
  readonly global?: GlobalRateLimit;
}

const count = wholeNumber(1, MOST_UINT32);

const localSchema: z.ZodType<LocalRateLimit> = fields({
  requestsPerUnit: count,
  unit: oneOf(RateLimitUnit),
  burst: count.optional(),
}).transform(({ requestsPerUnit, unit, burst }) => ({ requestsPerUnit, unit, burst: burst ?? requestsPerUnit }));

/** Envoy accepts no empty ones. */
const someText = text((value, context) => {
  if (value === "") raise(context, "MW0104", { found: 0, minimum: 1, unit: "characters" });
});

const ACTIONS = [
  "genericKey",
  "requestHeaders",
  "headerValueMatch",
  "metadata",
  "remoteAddress",
  "sourceCluster",
  "destinationCluster",
] as const;

const actionSchema: z.ZodType<RateLimitAction> = fields({
  genericKey: fields({ descriptorValue: someText, descriptorKey: someText.optional() }).optional(),
  requestHeaders: fields({
    headerName: text((value, context) => headerName(value, context)),
    descriptorKey: someText,
    skipIfAbsent: flag.default(false),
  }).optional(),
  headerValueMatch: fields({
    descriptorValue: someText,
    descriptorKey: someText.optional(),
    expectMatch: flag.default(true),
    headers: someOf(headerSchema),
  }).optional(),
  metadata: fields({
    descriptorKey: someText,
    metadataKey: fields({ key: someText, path: someOf(fields({ key: someText })) }),
    defaultValue: someText.optional(),
    source: oneOf(RateLimitMetadataSource).default(RateLimitMetadataSource.Dynamic),
  }).optional(),
  remoteAddress: z.literal(true).optional(),
  sourceCluster: z.literal(true).optional(),
  destinationCluster: z.literal(true).optional(),
}).transform((args, context): RateLimitAction => {
  choose(args, ACTIONS, context);
  const { genericKey, requestHeaders, headerValueMatch, metadata } = args;
  if (genericKey !== undefined) return { kind: "genericKey", ...genericKey };
  if (requestHeaders !== undefined)
    return { kind: "requestHeaders", ...requestHeaders, headerName: requestHeaders.headerName.toLowerCase() };
  if (headerValueMatch !== undefined) return { kind: "headerValueMatch", ...headerValueMatch };
  if (metadata !== undefined) return { kind: "metadata", ...metadata };
  if (args.sourceCluster) return { kind: "sourceCluster" };
  return { kind: args.destinationCluster ? "destinationCluster" : "remoteAddress" };
});

interface AskedServer {
  readonly destinations: { readonly server: RouteDestination };
  readonly global: GlobalRateLimit;
}

const globalSchema: z.ZodType<AskedServer> = fields({
  serverSettings: fields({
    destinationServer: policyDestinationSchema,
    requestTimeout: duration.default("100ms"),
    denyOnFail: flag.default(false),
  }),
  domain: someText,
  rateLimits: someOf(fields({ actions: someOf(actionSchema) })),
}).transform(({ serverSettings: { destinationServer, ...settings }, domain, rateLimits }) => ({
  destinations: { server: destinationServer },
  global: { domain, ...settings, rateLimits: rateLimits.map(({ actions }) => actions) },
}));

export const rateLimitPolicySchema: z.ZodType<RateLimitPolicy> = fields({
  applyToRoutes,
  local: localSchema.optional(),
  global: globalSchema.optional(),
}).transform(({ applyToRoutes, local, global }, context: RefinementContext): RateLimitPolicy => {
  choose({ local, global }, ["local", "global"], context);
  return { ...(applyToRoutes && { applyToRoutes }), ...(local && { local }), ...global };
});

function patternsOf(rateLimits: GlobalRateLimit["rateLimits"]): readonly Placed<string>[] {
  return rateLimits.flatMap((actions, limit) =>
    actions.flatMap((action, index) => {
      const path = ["global", "rateLimits", limit, "actions", index, "headerValueMatch", "headers"];
      return action.kind === "headerValueMatch" ? valuePatterns(action.headers, path) : [];
    }),
  );
}

export const rateLimitPolicyKind = {
  section: "rateLimitPolicies",
  schema: rateLimitPolicySchema,
  actsOn: ALL_ACTIONS,
  destinations: () => ["global", "serverSettings", "destinationServer"],
  patterns: ({ global }) => patternsOf(global?.rateLimits ?? []),
} as const satisfies RoutePolicyDefinition<RateLimitPolicy>;
