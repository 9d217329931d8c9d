import fc from "fast-check";
import { defined, maybe } from "./names.js";

type Args = Readonly<Record<string, unknown>>;

/** Mostly all listeners; otherwise ports that gateways have. */
const applyToListeners = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 2, arbitrary: fc.subarray([80, 443, 8080], { minLength: 1 }).map((all) => all.map((port) => ({ port }))) },
);

const filter = fc.oneof(
  fc
    .record({ value: fc.constantFrom(0, 200, 404, 599), comparator: fc.constantFrom(undefined, "EQ", "GE", "LE") })
    .map((statusCodeMatcher) => ({ statusCodeMatcher: defined(statusCodeMatcher) })),
  fc
    .record({ name: fc.constantFrom("x-a", "X-B"), value: maybe(fc.constant("a.*")), invertMatch: maybe(fc.boolean()) })
    .map((headerMatcher) => ({ headerMatcher: defined(headerMatcher) })),
);

const accessLog = fc
  .record({
    filters: maybe(fc.array(filter, { maxLength: 3 })),
    includedRequestHeaders: maybe(fc.subarray(["x-a", "X-B"])),
    includedResponseHeaders: maybe(fc.subarray(["x-a", "X-C"])),
    includedResponseTrailers: maybe(fc.subarray(["grpc-status"])),
    includedFilterStateObjects: maybe(fc.subarray(["envoy.filters.http.grpc_stats"])),
  })
  .map(defined);

const bytes = fc.constantFrom(1, 32_768, 4_294_967_295);
const keepalive = fc
  .record({
    probes: maybe(fc.constantFrom(1, 127)),
    time: maybe(fc.constantFrom("1s", "2h")),
    interval: maybe(fc.constant("1m15s")),
  })
  .map(defined);
const connection = fc.oneof(
  fc.record({ perConnectionBufferLimitBytes: bytes }),
  fc.record({ tcpKeepalive: keepalive }),
  fc.record({ perConnectionBufferLimitBytes: bytes, tcpKeepalive: keepalive }),
);

const proxyProtocol = fc.record({ enableProxyProtocol: fc.boolean() });

const KINDS = {
  AccessLogPolicy: accessLog,
  ListenerConnectionPolicy: connection,
  ProxyProtocolPolicy: proxyProtocol,
} satisfies Readonly<Record<string, fc.Arbitrary<object>>>;

type ListenerPolicies = { readonly [K in keyof typeof KINDS]: Readonly<Record<string, Args>> };

function some(make: fc.Arbitrary<object>, prefix: string): fc.Arbitrary<Record<string, Args>> {
  const policy = fc
    .tuple(make, applyToListeners)
    .map(([config, selectors]) => defined({ applyToListeners: selectors, ...config }) as Args);
  return fc
    .array(policy, { maxLength: 2 })
    .map((all) => Object.fromEntries(all.map((each, index) => [`${prefix}${index}`, each])));
}

/** Policies of listeners, up to two of each kind. */
export const listenerPolicies: fc.Arbitrary<ListenerPolicies> = fc.record({
  AccessLogPolicy: some(KINDS.AccessLogPolicy, "log"),
  ListenerConnectionPolicy: some(KINDS.ListenerConnectionPolicy, "connection"),
  ProxyProtocolPolicy: some(KINDS.ProxyProtocolPolicy, "proxy"),
});

/** The listener policies that a gateway lists besides route policies. */
export function listedBesides(
  policies: ListenerPolicies,
  ofRoutes: fc.Arbitrary<string[] | undefined>,
): fc.Arbitrary<string[] | undefined> {
  const all = Object.entries(policies).flatMap(([kind, named]) => Object.keys(named).map((name) => `${kind}/${name}`));
  return fc
    .tuple(ofRoutes, fc.subarray(all))
    .map(([others = [], listed]) => (others.length + listed.length === 0 ? undefined : [...others, ...listed]));
}
