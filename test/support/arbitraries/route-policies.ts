import fc from "fast-check";
import type { RoutePolicyKind } from "../../../sdk/nodejs/src/kinds/kinds.js";
import { jwt } from "./jwt-policies.js";
import { defined, maybe } from "./names.js";

type Args = Readonly<Record<string, unknown>>;

/** Labels of routes and tables, few of them so that selectors match some. */
const routeLabels = fc.dictionary(fc.constantFrom("tier", "team"), fc.constantFrom("a", "b"), { maxKeys: 2 });

/** Labels of a route or a table, often none. */
export const maybeLabels = fc.oneof(fc.constant(undefined), routeLabels);

const applyToRoutes = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  {
    weight: 2,
    arbitrary: fc.array(
      fc
        .dictionary(fc.constantFrom("tier", "team"), fc.constantFrom("a", "b"), { minKeys: 1, maxKeys: 2 })
        .map((labels) => ({ route: { labels } })),
      { minLength: 1, maxLength: 2 },
    ),
  },
);

/** Long durations, so that no test request exceeds them. */
const duration = fc.constantFrom("90s", "30s500ms", "1h30m");

const retryTimeout = fc
  .record({
    retries: fc.oneof(
      fc.constant({ attempts: 0 }),
      fc
        .record({
          attempts: maybe(fc.integer({ min: 1, max: 3 })),
          perTryTimeout: maybe(duration),
          retryOn: maybe(fc.constantFrom("5xx", "gateway-error,connect-failure", "409,503", "reset")),
          retryRemoteLocalities: maybe(fc.boolean()),
        })
        .map(defined),
    ),
    requestTimeout: maybe(duration),
  })
  .map(defined);

/** Faults that hit all requests or none, which keeps results deterministic. */
const fault = fc
  .record({
    percentage: fc.constantFrom(undefined, 0, 100),
    httpStatus: fc.constantFrom(200, 400, 418, 503, 599),
    fixedDelay: fc.constantFrom("1ms", "2ms"),
    delays: fc.boolean(),
    aborts: fc.boolean(),
  })
  .map(({ percentage, httpStatus, fixedDelay, delays, aborts }) => ({
    ...((delays || !aborts) && { delay: { fixedDelay } }),
    ...(aborts && { abort: defined({ httpStatus, percentage }) }),
  }));

const origin = fc.constantFrom(
  { exact: "https://a.test" },
  { exact: "*" },
  { prefix: "https://a." },
  { regex: "https://[ab]\\.test" },
  { regex: ".*" },
);

const cors = fc
  .record({
    allowOrigins: fc.array(origin, { minLength: 1, maxLength: 2 }),
    allowMethods: maybe(fc.subarray(["GET", "POST", "DELETE"])),
    allowHeaders: maybe(fc.subarray(["x-a", "X-B"])),
    exposeHeaders: maybe(fc.subarray(["x-c"])),
    maxAge: maybe(fc.constantFrom("1s", "24h")),
    allowCredentials: maybe(fc.boolean()),
  })
  .map(defined);

const source = fc.constantFrom(
  { exact: "a.test" },
  { prefix: "a." },
  { regex: "[ab]\\.test" },
  { regex: ".*" },
  { exact: "null" },
  { exact: "other.org:80" },
);

/** Applies to all requests or none, as faults do. */
const csrf = fc
  .record({
    mode: fc.constantFrom({}, { filterEnabled: true }, { shadowEnabled: true }),
    percentage: fc.constantFrom(undefined, 0, 100),
    additionalOrigins: maybe(fc.array(source, { maxLength: 2 })),
  })
  .map(({ mode, ...rest }) => defined({ ...mode, ...rest }));

/** Limits that no test exceeds. */
const buffer = fc.record({ maxRequestBytes: fc.constantFrom(1_000_000, 4_294_967_295) });
const rateLimit = fc
  .record({
    requestsPerUnit: fc.constantFrom(1_000_000, 4_294_967_295),
    unit: fc.constantFrom("SECOND", "MINUTE", "HOUR", "DAY"),
    burst: maybe(fc.constant(2_000_000)),
  })
  .map((local) => ({ local: defined(local) }));

/** Values, some of which are empty for some requests. */
const written = fc.constantFrom(
  ...["1", "two words", "100%%", ","],
  ...["%REQ(x-a)%", "%REQ(x-b)%z", "%REQ(x-absent)%", "%REQ(x-c?x-b)%", "%REQ(x-b)%%REQ(x-user)%"],
);
const headers = fc.dictionary(fc.constantFrom("x-a", "X-B", "x-c"), written, { maxKeys: 2 });
const names = fc.subarray(["x-a", "X-B", "x-c", "x-user"]);

const headerManipulation = fc
  .record({
    appendRequestHeaders: headers,
    setRequestHeaders: headers,
    removeRequestHeaders: names,
    appendResponseHeaders: headers,
    removeResponseHeaders: names,
  })
  .map((changes) =>
    Object.values(changes).every((each) => Object.keys(each).length === 0)
      ? { ...changes, removeRequestHeaders: ["x-a"] }
      : changes,
  );

function extAuth(destination: fc.Arbitrary<Args>): fc.Arbitrary<Args> {
  const http = fc.constantFrom(
    {},
    { pathPrefix: "/check", request: { allowedHeaders: ["X-A"], headersToAdd: { "x-b": "1" } } },
    { response: { allowedUpstreamHeaders: ["x-user"], allowedClientHeaders: ["x-reason"] } },
  );
  return fc
    .record({
      destination,
      how: fc.oneof(fc.constant({}), fc.record({ httpService: http })),
      more: fc
        .record({
          requestTimeout: maybe(fc.constantFrom("250ms", "3s")),
          failureModeAllow: maybe(fc.boolean()),
          statusOnError: maybe(fc.constantFrom(403, 503)),
          requestBody: maybe(fc.constantFrom({}, { maxRequestBytes: 10, allowPartialMessage: true })),
        })
        .map(defined),
      context: maybe(fc.constant({ contextExtensions: { tier: "a" } })),
    })
    .map(({ destination, how, more, context }) => ({
      server: { destinationServer: destination, ...how, ...more },
      ...(context !== undefined && !("httpService" in how) && { customAuth: context }),
    }));
}

function globalRateLimit(destination: fc.Arbitrary<Args>): fc.Arbitrary<Args> {
  const action = fc.constantFrom<Args>(
    { genericKey: { descriptorValue: "all" } },
    { genericKey: { descriptorKey: "limit", descriptorValue: "3" } },
    { requestHeaders: { headerName: "X-User", descriptorKey: "user", skipIfAbsent: true } },
    { headerValueMatch: { descriptorValue: "a", expectMatch: false, headers: [{ name: "x-a" }] } },
    {
      metadata: {
        descriptorKey: "user",
        metadataKey: { key: "envoy.filters.http.jwt_authn", path: [{ key: "meshway" }] },
      },
    },
    { remoteAddress: true },
    { destinationCluster: true },
  );
  const actions = fc.array(action, { minLength: 1, maxLength: 3 });
  const settings = fc.record({ destinationServer: destination, denyOnFail: maybe(fc.boolean()) }).map(defined);
  return fc
    .record({
      serverSettings: settings,
      domain: fc.constantFrom("shop", "docs"),
      rateLimits: fc.array(fc.record({ actions }), { minLength: 1, maxLength: 2 }),
    })
    .map((global) => ({ global }));
}

function mirror(destination: fc.Arbitrary<Args>): fc.Arbitrary<Args> {
  return fc
    .record({ destination, percentage: fc.constantFrom(undefined, 0, 0.5, 50, 100) })
    .map((config) => defined(config) as Args);
}

const template = fc.constantFrom(
  "plain 100%",
  '{{ header("x-a") }}',
  '<{{ header("X-B") }}|{{ request_header("x-missing") }}>',
  "{{ domain }}",
  "{{ domain }} of {{ whole }}",
  '{{ header(":method") }} {{ header("x-c") }}',
  "{{ body.user.name }}",
);

const changes = fc.record({
  headers: fc.dictionary(fc.constantFrom("x-a", "X-B", "x-new", "z"), template, { minKeys: 1, maxKeys: 3 }),
  body: maybe(
    fc
      .record({
        json: fc.dictionary(fc.constantFrom("a", "b c"), template, { minKeys: 1, maxKeys: 2 }),
        action: fc.constantFrom(undefined, "MERGE", "REPLACE"),
      })
      .map(defined),
  ),
});

const extractors = fc.record({
  domain: fc.record({
    header: fc.constantFrom("X-A", "x-b"),
    regex: fc.constantFrom("(.*)b(.*)", "a|(b)|.(,?)"),
    subgroup: fc.constantFrom(1, 2),
  }),
  whole: fc.record({ header: fc.constantFrom("x-a", "x-c"), regex: fc.constantFrom("[a-z]+", ".*", "a|ab") }),
});

const transformation = fc
  .record({ request: fc.tuple(changes, extractors), response: maybe(changes) })
  .map(({ request: [request, own], response }) => {
    // extractors with the name of a header replace it
    const texts = JSON.stringify([request, response ?? {}]);
    const used = Object.entries(own).filter(([name]) => texts.includes(`{{ ${name} }}`));
    return defined({
      request: defined({ ...request, extractors: Object.fromEntries(used) }),
      response: response && defined(response),
    });
  });

const compression = fc
  .record({
    algorithms: maybe(fc.subarray(["GZIP", "BROTLI"], { minLength: 1 })),
    contentTypes: maybe(fc.subarray(["text/html", "application/json", "image/svg+xml"], { minLength: 1 })),
    minContentLength: maybe(fc.integer({ min: 30, max: 2 ** 32 - 1 })),
    disableOnEtagHeader: maybe(fc.boolean()),
    removeAcceptEncodingHeader: maybe(fc.boolean()),
  })
  .map(defined);

const KINDS = {
  CORSPolicy: cors,
  CSRFPolicy: csrf,
  CompressionPolicy: compression,
  FaultInjectionPolicy: fault,
  HTTPBufferPolicy: buffer,
  HeaderManipulationPolicy: headerManipulation,
  RateLimitPolicy: rateLimit,
  RetryTimeoutPolicy: retryTimeout,
  TransformationPolicy: transformation,
} satisfies { readonly [K in RoutePolicyKind]?: fc.Arbitrary<object> };

type RoutePolicies = { readonly [K in RoutePolicyKind]: Readonly<Record<string, Args>> };

function some(make: fc.Arbitrary<object>, prefix: string): fc.Arbitrary<Record<string, Args>> {
  const policy = fc
    .tuple(make, applyToRoutes)
    .map(([config, selectors]) => defined({ applyToRoutes: selectors, ...config }) as Args);
  return fc
    .array(policy, { maxLength: 2 })
    .map((all) => Object.fromEntries(all.map((each, index) => [`${prefix}${index}`, each])));
}

/** Route policies, up to two of each kind; some make requests of their own, to one of these destinations. */
export function routePolicies(destination: fc.Arbitrary<Args>): fc.Arbitrary<RoutePolicies> {
  return fc.record({
    CORSPolicy: some(KINDS.CORSPolicy, "cors"),
    CSRFPolicy: some(KINDS.CSRFPolicy, "csrf"),
    CompressionPolicy: some(KINDS.CompressionPolicy, "small"),
    ExtAuthPolicy: some(extAuth(destination), "auth"),
    FaultInjectionPolicy: some(KINDS.FaultInjectionPolicy, "fault"),
    HTTPBufferPolicy: some(KINDS.HTTPBufferPolicy, "buffer"),
    HeaderManipulationPolicy: some(KINDS.HeaderManipulationPolicy, "headers"),
    JWTPolicy: some(jwt(destination), "tokens"),
    MirrorPolicy: some(mirror(destination), "mirror"),
    RateLimitPolicy: some(fc.oneof(KINDS.RateLimitPolicy, globalRateLimit(destination)), "limit"),
    RetryTimeoutPolicy: some(KINDS.RetryTimeoutPolicy, "retries"),
    TransformationPolicy: some(KINDS.TransformationPolicy, "changes"),
  });
}

/** The policies that a route, a table or a gateway lists; mostly none. */
export function listedOf(policies: RoutePolicies): fc.Arbitrary<string[] | undefined> {
  const tokens = Object.keys(policies.JWTPolicy).map((name) => [`JWTPolicy/${name}`]);
  const all = Object.entries(policies).flatMap(([kind, named]) => Object.keys(named).map((name) => `${kind}/${name}`));
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(undefined) },
    { weight: 2, arbitrary: fc.subarray(all, { maxLength: Math.min(3, all.length) }) },
    // listed alone too, because most requests that should reach other policies have no token
    ...(tokens.length === 0 ? [] : [{ weight: 1, arbitrary: fc.constantFrom(...tokens) }]),
  );
}
