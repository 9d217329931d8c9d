import fc from "fast-check";
import { defined, maybe } from "./names.js";

const duration = fc.constantFrom("1ms", "10s", "1s500ms", "1h30m", "0.25s");

/** An outlier detection policy. */
export const outlierDetectionArgs = fc
  .record({
    consecutiveErrors: maybe(fc.integer({ min: 1, max: 9 })),
    consecutiveGatewayErrors: maybe(fc.integer({ min: 0, max: 9 })),
    interval: maybe(duration),
    baseEjectionTime: maybe(duration),
    maxEjectionPercent: maybe(fc.integer({ min: 1, max: 100 })),
  })
  .map(defined);

const [r1, r2] = [{ region: "r1" }, { region: "r2" }];
const deep = { region: "r2", zone: "z2", subZone: "s" };

const failovers = fc.subarray([
  { from: r1, to: [r2] },
  { from: r2, to: [r1] },
  { from: { region: "r3" }, to: [r1] },
]);

const distributions = fc
  .tuple(fc.constantFrom(r1, { ...r1, zone: "z1" }), fc.constantFrom(r2, deep), fc.integer({ min: 1, max: 99 }))
  .map(([near, far, share]) => [
    {
      from: near,
      to: [
        { ...near, weight: share },
        { ...far, weight: 100 - share },
      ],
    },
    { from: far, to: [{ ...far, weight: 100 }] },
  ]);

const priorityLabels = fc.oneof(
  fc.subarray(
    ["topology.kubernetes.io/region", "topology.kubernetes.io/zone", "topology.istio.io/network", "version"],
    {
      minLength: 1,
    },
  ),
  fc.subarray(["version=v1", "app="], { minLength: 1 }),
);

/** A failover policy that maps the regions used by the fleet arbitrary. */
export const failoverArgs = fc.oneof(
  fc.constant({}),
  failovers.map((localityMappings) => ({ localityMappings })),
  distributions.map((localityMappings) => ({ localityMappings })),
  priorityLabels.map((labels) => ({ priorityLabels: { labels } })),
);

const probe = fc.constantFrom(
  { httpHealthCheck: { path: "/healthz" } },
  {
    httpHealthCheck: {
      path: "/",
      host: "a.example.com:90",
      method: "HEAD",
      expectedStatuses: [{ start: 200, end: 300 }],
    },
  },
  { grpcHealthCheck: {} },
  { tcpHealthCheck: {} },
);

/** The probes of an active health check policy, without the gateways that send them. */
export const healthCheckArgs = fc
  .record({
    timeout: maybe(duration),
    interval: maybe(duration),
    unhealthyThreshold: maybe(fc.integer({ min: 1, max: 9 })),
  })
  .chain((times) => probe.map((each) => ({ healthCheck: defined({ ...each, ...times }) })));

/** A client TLS policy. Most fit no destination that spans several networks, so the ones that do come most often. */
export const clientTlsArgs = fc.constantFrom(
  { istioMutual: {} },
  { istioMutual: {} },
  { disable: {} },
  { disable: {} },
  { simple: {} },
  { simple: { sni: "shop.example.com", credentialName: "ca" } },
  { simple: { caCertificates: "/ca.pem", subjectAltNames: ["a.example.com", "b.example.com"] } },
  { mutual: { clientCertificate: "/cert.pem", privateKey: "/key.pem" } },
);

const limit = fc.integer({ min: 1, max: 2_000 });
const seconds = fc.constantFrom("1s", "90s", "1h");

const keepalive = fc.record({
  probes: maybe(fc.integer({ min: 1, max: 127 })),
  time: maybe(seconds),
  interval: maybe(seconds),
});

const tcp = fc
  .record({
    maxConnections: maybe(limit),
    connectTimeout: maybe(duration),
    tcpKeepalive: maybe(keepalive.map(defined)),
  })
  .map(defined);

const http = fc
  .record({
    maxRequestsPerConnection: maybe(fc.integer({ min: 0, max: 9 })),
    maxRetries: maybe(limit),
    maxRequests: maybe(limit),
    maxPendingRequests: maybe(limit),
    idleTimeout: maybe(duration),
  })
  .map(defined);

const isSome = (settings: object) => Object.keys(settings).length > 0;

/** A connection policy. */
export const connectionArgs = fc
  .tuple(tcp, http)
  .filter((all) => all.some(isSome))
  .map(([first, second]) => ({ ...(isSome(first) && { tcp: first }), ...(isSome(second) && { http: second }) }));

const consistentHash = fc.constantFrom(
  { httpHeaderName: "x-user" },
  { httpCookie: { name: "session" } },
  { httpCookie: { name: "session", path: "/", ttl: "0s" } },
  { useSourceIp: true },
  { httpQueryParameterName: "user" },
);

const warm = fc
  .record({ simple: fc.constantFrom("ROUND_ROBIN", "LEAST_REQUEST"), warmupDurationSecs: maybe(duration) })
  .map(defined);

/** A load balancer policy; a panic threshold requires outlier detection on the destination. */
export const loadBalancerArgs = fc
  .tuple(
    fc.oneof(
      fc.constant({ simple: "RANDOM" }),
      warm,
      consistentHash.map((hash) => ({ consistentHash: hash })),
    ),
    fc.oneof(fc.constant({}), fc.constantFrom({ healthyPanicThreshold: 0 }, { healthyPanicThreshold: 50 })),
  )
  .map(([choice, threshold]) => ({ ...choice, ...threshold }));

/** Policies that a destination may list, by kind and name. */
interface DestinationPolicies {
  readonly ActiveHealthCheckPolicy: Readonly<Record<string, unknown>>;
  readonly ClientTLSPolicy: Readonly<Record<string, unknown>>;
  readonly ConnectionPolicy: Readonly<Record<string, unknown>>;
  readonly FailoverPolicy: Readonly<Record<string, unknown>>;
  readonly LoadBalancerPolicy: Readonly<Record<string, unknown>>;
  readonly OutlierDetectionPolicy: Readonly<Record<string, unknown>>;
}

/** Policies of a destination: at most one of each kind, sometimes outlier detection alone. */
export function policiesOf(all: DestinationPolicies): fc.Arbitrary<string[] | undefined> {
  const healthCheck = Object.keys(all.ActiveHealthCheckPolicy);
  const clientTls = Object.keys(all.ClientTLSPolicy);
  const connection = Object.keys(all.ConnectionPolicy);
  const balance = Object.keys(all.LoadBalancerPolicy);
  const [failover, outlier] = [Object.keys(all.FailoverPolicy), Object.keys(all.OutlierDetectionPolicy)];
  const one = (kind: string, names: readonly string[]) =>
    names.length === 0 ? fc.constant<string[]>([]) : fc.constantFrom(...names).map((name) => [`${kind}/${name}`]);
  const both = fc
    .tuple(one("FailoverPolicy", failover), one("OutlierDetectionPolicy", outlier))
    .map(([first, second]) => (second.length === 0 ? [] : [...first, ...second]));
  const ofFailures = fc.oneof(
    { weight: 2, arbitrary: fc.constant<string[]>([]) },
    { weight: 1, arbitrary: one("OutlierDetectionPolicy", outlier) },
    { weight: 3, arbitrary: both },
  );
  const maybeOne = (kind: string, names: readonly string[]) => fc.oneof(fc.constant<string[]>([]), one(kind, names));
  return fc
    .tuple(
      fc.oneof(
        { weight: 4, arbitrary: fc.constant<string[]>([]) },
        { weight: 1, arbitrary: one("ClientTLSPolicy", clientTls) },
      ),
      maybeOne("ActiveHealthCheckPolicy", healthCheck),
      maybeOne("ConnectionPolicy", connection),
      ofFailures,
      maybeOne("LoadBalancerPolicy", balance),
    )
    .map((lists) => lists.flat())
    .map((listed) => (listed.length === 0 ? undefined : listed));
}
