import { z } from "zod";
import type { Leaf } from "./deferred.js";
import { ALL_ACTIONS, type RoutePolicyDefinition } from "./definition.js";
import { policyDestinationSchema, type RouteDestination } from "./destination.js";
import { waitingTime } from "./duration.js";
import { changedHeaders, changedNames, type Headers, shownNames } from "./header-manipulation-policy.js";
import { absolutePath } from "./match.js";
import type { MakesRequests } from "./policy-destination.js";
import { applyToRoutes, type NarrowedToRoutes } from "./route-selector.js";
import { fields, flag, leaf, MOST_UINT32, raise, text, wholeNumber } from "./schema.js";

/** The HTTP request to an authorizer, and the use of its response. Header names are in lower case. */
export interface AuthorizerOverHttp {
  readonly pathPrefix?: string;
  readonly allowedHeaders: readonly string[];
  readonly headersToAdd: Headers;
  readonly allowedUpstreamHeaders: readonly string[];
  /** Empty if all are allowed. */
  readonly allowedClientHeaders: readonly string[];
}

/** The part of a request body that an authorizer sees. */
export interface ShownBody {
  readonly maxRequestBytes: Leaf<number>;
  readonly allowPartialMessage: Leaf<boolean>;
  readonly packAsBytes?: Leaf<boolean>;
}

/** The authorizer of requests. */
export interface ExtAuthPolicy extends NarrowedToRoutes, MakesRequests {
  readonly destinations: { readonly server: RouteDestination };
  /** Absent if the authorizer is called over gRPC. */
  readonly http?: AuthorizerOverHttp;
  readonly contextExtensions: Readonly<Record<string, string>>;
  readonly requestTimeout: string;
  readonly failureModeAllow: Leaf<boolean>;
  readonly statusOnError: Leaf<number>;
  readonly body?: ShownBody;
}

/** The 4xx and 5xx statuses that Envoy supports (envoy.type.v3.StatusCode). */
const ERRORS = [
  400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 421, 422, 423, 424, 426,
  428, 429, 431, 500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511,
] as const;

const httpSchema: z.ZodType<AuthorizerOverHttp> = fields({
  pathPrefix: text(absolutePath).optional(),
  request: fields({ allowedHeaders: shownNames.default([]), headersToAdd: changedHeaders.default({}) }).optional(),
  response: fields({
    allowedUpstreamHeaders: changedNames.default([]),
    allowedClientHeaders: changedNames.default([]),
  }).optional(),
}).transform(({ pathPrefix, request, response }) => ({
  ...(pathPrefix !== undefined && { pathPrefix }),
  allowedHeaders: request?.allowedHeaders ?? [],
  headersToAdd: request?.headersToAdd ?? {},
  allowedUpstreamHeaders: response?.allowedUpstreamHeaders ?? [],
  allowedClientHeaders: response?.allowedClientHeaders ?? [],
}));

const bodySchema: z.ZodType<ShownBody> = fields({
  maxRequestBytes: wholeNumber(1, MOST_UINT32).default(4096),
  allowPartialMessage: flag.default(false),
  packAsBytes: flag.optional(),
});

const serverSchema = fields({
  destinationServer: policyDestinationSchema,
  httpService: httpSchema.optional(),
  requestTimeout: waitingTime.default("2s"),
  failureModeAllow: flag.default(false),
  requestBody: bodySchema.optional(),
  statusOnError: leaf(z.literal(ERRORS)).default(403),
});

export const extAuthPolicySchema: z.ZodType<ExtAuthPolicy> = fields({
  applyToRoutes,
  server: serverSchema,
  customAuth: fields({ contextExtensions: z.record(z.string(), text()) }).optional(),
}).transform(({ applyToRoutes, server, customAuth }, context): ExtAuthPolicy => {
  const { destinationServer, httpService, requestBody, ...rest } = server;
  if (httpService !== undefined && customAuth !== undefined)
    raise(context, "MW0515", { field: "customAuth", with: "httpService" }, ["customAuth"]);
  if (httpService !== undefined && requestBody?.packAsBytes !== undefined)
    raise(context, "MW0515", { field: "packAsBytes", with: "httpService" }, ["server", "requestBody", "packAsBytes"]);
  return {
    ...(applyToRoutes && { applyToRoutes }),
    destinations: { server: destinationServer },
    ...(httpService && { http: httpService }),
    contextExtensions: customAuth?.contextExtensions ?? {},
    ...rest,
    ...(requestBody && { body: requestBody }),
  };
});

export const extAuthPolicyKind = {
  section: "extAuthPolicies",
  schema: extAuthPolicySchema,
  actsOn: ALL_ACTIONS,
  destinations: () => ["server", "destinationServer"],
} as const satisfies RoutePolicyDefinition<ExtAuthPolicy>;
