import { STATUS_CODES } from "node:http";
import type { z } from "zod";
import type { Leaf } from "./deferred.js";
import type { RoutePolicyDefinition } from "./definition.js";
import { duration } from "./duration.js";
import { applyToRoutes, type NarrowedToRoutes } from "./route-selector.js";
import { fields, flag, raise, text, wholeNumber } from "./schema.js";

/** The retries of a request. */
export interface Retries {
  readonly attempts: Leaf<number>;
  readonly perTryTimeout?: string;
  readonly retryOn?: string;
  readonly retryRemoteLocalities?: Leaf<boolean>;
}

/** Timeouts and retries of requests. Durations are in Go's notation. */
export interface RetryTimeoutPolicy extends NarrowedToRoutes {
  readonly retries?: Retries;
  readonly requestTimeout?: string;
}

/**
 * The named retry conditions of Envoy (Envoy: x-envoy-retry-on and x-envoy-retry-grpc-on; Istio: validateHTTPRetry).
 */
export const RETRY_CONDITIONS = [
  "5xx",
  "gateway-error",
  "reset",
  "reset-before-request",
  "connect-failure",
  "envoy-ratelimited",
  "retriable-4xx",
  "refused-stream",
  "retriable-status-codes",
  "retriable-headers",
  "http3-post-connect-failure",
  "cancelled",
  "deadline-exceeded",
  "internal",
  "resource-exhausted",
  "unavailable",
] as const;

const MOST = 2 ** 31 - 1;

/** True if a text is a status code with a name (Istio uses Go's http.StatusText, which does not know 509). */
function isStatus(part: string): boolean {
  return part !== "509" && Object.hasOwn(STATUS_CODES, part);
}

const retryOn = text((value, context) => {
  for (const part of value.split(",")) {
    if (!isStatus(part) && !RETRY_CONDITIONS.some((each) => each === part))
      raise(context, "MW0416", { found: part, known: RETRY_CONDITIONS });
  }
});

const retriesSchema: z.ZodType<Retries> = fields({
  attempts: wholeNumber(0, MOST).default(2),
  perTryTimeout: duration.optional(),
  retryOn: retryOn.optional(),
  retryRemoteLocalities: flag.optional(),
}).superRefine((args, context) => {
  if (args.attempts !== 0) return;
  for (const field of ["perTryTimeout", "retryOn", "retryRemoteLocalities"] as const)
    if (args[field] !== undefined) raise(context, "MW0515", { field, with: "attempts: 0" }, [field]);
});

export const retryTimeoutPolicySchema: z.ZodType<RetryTimeoutPolicy> = fields({
  applyToRoutes,
  retries: retriesSchema.optional(),
  requestTimeout: duration.optional(),
}).superRefine((args, context) => {
  if (args.retries === undefined && args.requestTimeout === undefined)
    raise(context, "MW0106", { found: [], allowed: ["retries", "requestTimeout"], atMost: false, atLeast: true });
});

export const retryTimeoutPolicyKind = {
  section: "retryTimeoutPolicies",
  schema: retryTimeoutPolicySchema,
  actsOn: ["forward"],
} as const satisfies RoutePolicyDefinition<RetryTimeoutPolicy>;
