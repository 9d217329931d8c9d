import type { z } from "zod";
import type { Leaf } from "./deferred.js";
import type { KindDefinition } from "./definition.js";
import { duration, wholeSeconds } from "./duration.js";
import { atLeastOne, fields, wholeNumber } from "./schema.js";

/** Probes on idle connections; absent fields use the defaults of the caller's machine. */
export interface TcpKeepalive {
  readonly probes?: Leaf<number>;
  readonly time?: string;
  readonly interval?: string;
}

/**
 * Limits on a caller's connections and requests to a destination, and on connection lifetime. Durations are in Go's
 * notation.
 */
export interface ConnectionPolicy {
  readonly tcp?: {
    readonly maxConnections?: Leaf<number>;
    readonly connectTimeout?: string;
    readonly tcpKeepalive?: TcpKeepalive;
  };
  readonly http?: {
    readonly maxRequestsPerConnection?: Leaf<number>;
    readonly maxRetries?: Leaf<number>;
    readonly maxRequests?: Leaf<number>;
    readonly maxPendingRequests?: Leaf<number>;
    readonly idleTimeout?: string;
  };
}

/** Istio treats 0 as "not set" (applyConnectionPool), so limits start at 1. */
const limit = wholeNumber(1, 2 ** 31 - 1).optional();

/** The limits of Linux; Envoy fails connections whose options it can't set. Istio drops fractions of a second. */
const MOST_PROBES = 127;
const MOST_SECONDS = 32_767;

export const tcpKeepaliveSchema: z.ZodType<TcpKeepalive> = fields({
  probes: wholeNumber(1, MOST_PROBES).optional(),
  time: wholeSeconds(1, MOST_SECONDS).optional(),
  interval: wholeSeconds(1, MOST_SECONDS).optional(),
});

const TCP = { maxConnections: limit, connectTimeout: duration.optional(), tcpKeepalive: tcpKeepaliveSchema.optional() };

const HTTP = {
  maxRequestsPerConnection: wholeNumber(0, 2 ** 29).optional(),
  maxRetries: limit,
  maxRequests: limit,
  maxPendingRequests: limit,
  idleTimeout: duration.optional(),
};

export const connectionPolicySchema: z.ZodType<ConnectionPolicy> = fields({
  tcp: fields(TCP)
    .superRefine((args, context) => atLeastOne(args, Object.keys(TCP), context))
    .optional(),
  http: fields(HTTP)
    .superRefine((args, context) => atLeastOne(args, Object.keys(HTTP), context))
    .optional(),
}).superRefine((args, context) => atLeastOne(args, ["tcp", "http"], context));

export const connectionPolicyKind = {
  section: "connectionPolicies",
  schema: connectionPolicySchema,
} as const satisfies KindDefinition<ConnectionPolicy>;
