import type { z } from "zod";
import type { Leaf } from "./deferred.js";
import type { KindDefinition } from "./definition.js";
import { duration } from "./duration.js";
import { choose, fields, MOST_UINT32, raise, reference, someOf, text, wholeNumber } from "./schema.js";

/** The probe that an endpoint receives. */
export type Probe =
  | {
      readonly kind: "http";
      readonly path: string;
      readonly host?: string;
      readonly method: string;
      readonly expectedStatuses: readonly StatusRange[];
    }
  | { readonly kind: "grpc"; readonly serviceName?: string; readonly authority?: string }
  | { readonly kind: "tcp" };

/** Statuses from `start` (inclusive) to `end` (exclusive). */
export interface StatusRange {
  readonly start: Leaf<number>;
  readonly end: Leaf<number>;
}

/** The settings of probes. Durations are in Go's notation. */
export interface HealthCheck {
  readonly probe: Probe;
  readonly timeout: string;
  readonly interval: string;
  readonly noTrafficInterval: string;
  readonly unhealthyThreshold: Leaf<number>;
  readonly healthyThreshold: Leaf<number>;
}

/** Probes with which gateways detect failing endpoints. */
export interface ActiveHealthCheckPolicy {
  readonly healthCheck: HealthCheck;
  readonly virtualGateways: readonly string[];
}

const statusRange: z.ZodType<StatusRange> = fields({
  start: wholeNumber(100, 599),
  end: wholeNumber(101, 600),
}).superRefine(({ start, end }, context) => {
  if (typeof start === "number" && typeof end === "number" && start >= end)
    raise(context, "MW0104", { found: end, minimum: start + 1, maximum: 600, unit: "" }, ["end"]);
});

/** Valid in a request line; Envoy does not check the path, and a fragment or a blank would end it. */
const probePath = text((value, context) => {
  if (!/^\/[^\s#\p{Cc}]*$/u.test(value)) {
    const expected = "a path that begins with a slash and holds neither spaces nor a fragment";
    raise(context, "MW0110", { found: value, expected, example: "/healthz" });
  }
});

const authority = text((value, context) => {
  if (!/^[A-Za-z0-9._-]+(:\d{1,5})?$/.test(value))
    raise(context, "MW0110", { found: value, expected: "a host, with or without a port", example: "shop.example.com" });
});

/** Envoy rejects CONNECT probes, and supports no custom methods. */
const METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"];

const method = text((value, context) => {
  if (!METHODS.includes(value)) raise(context, "MW0105", { found: value, allowed: METHODS });
});

const httpSchema = fields({
  path: probePath,
  host: authority.optional(),
  method: method.default("GET"),
  expectedStatuses: someOf(statusRange).default([{ start: 200, end: 201 }]),
});

const grpcSchema = fields({ serviceName: text().optional(), authority: authority.optional() });

const threshold = wholeNumber(1, MOST_UINT32);

const healthCheckSchema: z.ZodType<HealthCheck> = fields({
  httpHealthCheck: httpSchema.optional(),
  grpcHealthCheck: grpcSchema.optional(),
  tcpHealthCheck: fields({}).optional(),
  timeout: duration.default("5s"),
  interval: duration.default("10s"),
  noTrafficInterval: duration.optional(),
  unhealthyThreshold: threshold.default(3),
  healthyThreshold: threshold.default(2),
}).transform((args, context): HealthCheck => {
  const { httpHealthCheck, grpcHealthCheck, tcpHealthCheck, noTrafficInterval = args.interval, ...rest } = args;
  choose(args, ["httpHealthCheck", "grpcHealthCheck", "tcpHealthCheck"], context);
  const probe = httpHealthCheck
    ? { kind: "http" as const, ...httpHealthCheck }
    : grpcHealthCheck
      ? { kind: "grpc" as const, ...grpcHealthCheck }
      : { kind: "tcp" as const };
  return { probe: probe as Probe, ...rest, noTrafficInterval };
});

export const activeHealthCheckPolicySchema: z.ZodType<ActiveHealthCheckPolicy> = fields({
  healthCheck: healthCheckSchema,
  virtualGateways: someOf(reference("VirtualGateway")),
});

export const activeHealthCheckPolicyKind = {
  section: "activeHealthCheckPolicies",
  schema: activeHealthCheckPolicySchema,
} as const satisfies KindDefinition<ActiveHealthCheckPolicy>;
