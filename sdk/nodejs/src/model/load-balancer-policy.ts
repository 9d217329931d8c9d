import { z } from "zod";
import { SimpleLoadBalancer } from "../args/load-balancer-policy.js";
import type { Leaf } from "./deferred.js";
import type { KindDefinition } from "./definition.js";
import { duration, wholeSeconds } from "./duration.js";
import { headerName, isToken } from "./match.js";
import { choose, fields, flag, oneOf, raise, text, wholeNumber } from "./schema.js";

/** The part of a request that selects the endpoint. */
export type ConsistentHash =
  | { readonly kind: "header" | "queryParameter"; readonly name: string }
  /** With a lifetime, the proxy sets the cookie if a request has none. */
  | { readonly kind: "cookie"; readonly name: string; readonly path?: string; readonly ttl?: string }
  | { readonly kind: "sourceIp" };

/** The load balancing of callers: `simple` or `consistentHash`. Durations are in Go's notation. */
export interface LoadBalancerPolicy {
  readonly simple?: Leaf<SimpleLoadBalancer>;
  readonly consistentHash?: ConsistentHash;
  readonly warmupDurationSecs?: string;
  readonly healthyPanicThreshold?: Leaf<number>;
}

const headerToHash = text((value, context) => headerName(value, context));

const cookieName = text((value, context) => {
  if (!isToken(value))
    raise(context, "MW0110", {
      found: value,
      expected: "the name of a cookie, without spaces, semicolons and equals signs",
      example: "session",
    });
});

const parameterName = text((value, context) => {
  if (value === "") raise(context, "MW0104", { found: 0, minimum: 1, unit: "characters" });
});

/** A cookie path; characters that end the attribute would start another one. */
const cookiePath = text((value, context) => {
  if (!/^\/[!-:<-~]*$/.test(value))
    raise(context, "MW0110", {
      found: value,
      expected: "a path that begins with a slash and holds no spaces or semicolons",
      example: "/reviews",
    });
});

const cookieSchema = fields({
  name: cookieName,
  path: cookiePath.optional(),
  // Envoy writes whole seconds and drops the rest
  ttl: wholeSeconds(0).optional(),
}).superRefine(({ path, ttl }, context) => {
  if (path !== undefined && ttl === undefined)
    raise(context, "MW0103", { field: "ttl", expected: "the lifetime of the cookie that `path` is for" });
});

const sourceIp = flag.superRefine((value, context) => {
  if (value === false) raise(context, "MW0105", { found: value, allowed: ["true"] });
});

const FIELDS = ["httpHeaderName", "httpCookie", "useSourceIp", "httpQueryParameterName"] as const;

const consistentHashSchema: z.ZodType<ConsistentHash> = fields({
  httpHeaderName: headerToHash.optional(),
  httpCookie: cookieSchema.optional(),
  useSourceIp: sourceIp.optional(),
  httpQueryParameterName: parameterName.optional(),
}).transform((args, context): ConsistentHash => {
  const { httpHeaderName, httpCookie, useSourceIp, httpQueryParameterName } = args;
  choose(args, FIELDS, context);
  if (httpHeaderName !== undefined) return { kind: "header", name: httpHeaderName };
  if (httpCookie !== undefined) return { kind: "cookie", ...httpCookie };
  if (httpQueryParameterName !== undefined) return { kind: "queryParameter", name: httpQueryParameterName };
  return useSourceIp === undefined ? z.NEVER : { kind: "sourceIp" };
});

export const loadBalancerPolicySchema: z.ZodType<LoadBalancerPolicy> = fields({
  simple: oneOf(SimpleLoadBalancer).optional(),
  consistentHash: consistentHashSchema.optional(),
  warmupDurationSecs: duration.optional(),
  healthyPanicThreshold: wholeNumber(0, 100).optional(),
}).superRefine((args, context) => {
  choose(args, ["simple", "consistentHash"], context);
  if (args.warmupDurationSecs === undefined) return;
  // random and hash-based balancing ignore the age of an endpoint
  const other =
    args.consistentHash !== undefined ? "consistentHash" : args.simple === "RANDOM" ? "simple: RANDOM" : undefined;
  if (other !== undefined)
    raise(context, "MW0515", { field: "warmupDurationSecs", with: other }, ["warmupDurationSecs"]);
});

export const loadBalancerPolicyKind = {
  section: "loadBalancerPolicies",
  schema: loadBalancerPolicySchema,
} as const satisfies KindDefinition<LoadBalancerPolicy>;
