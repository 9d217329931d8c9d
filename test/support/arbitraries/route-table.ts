import fc from "fast-check";
import { matcherArgs } from "./match.js";
import { defined, maybe, portNumber, serviceName, someLabels } from "./names.js";
import { maybeLabels } from "./route-policies.js";

/** Resources that a table may refer to. */
export interface Targets {
  readonly clusters: readonly string[];
  readonly virtualDestinations: Readonly<
    Record<string, { ports: { number: number }[]; subsets?: { labels: object }[] }>
  >;
  readonly externalServices: Readonly<
    Record<string, { ports: { number: number }[]; endpoints?: { labels: object }[] }>
  >;
}

type Args = Readonly<Record<string, unknown>>;
type Listed = fc.Arbitrary<readonly string[] | undefined>;

function service(clusters: readonly string[]): fc.Arbitrary<Args> {
  const target = fc.record({
    name: serviceName,
    namespace: fc.constantFrom("shop", "n".repeat(63)),
    cluster: fc.constantFrom(...clusters),
  });
  return fc.record({
    service: target,
    port: portNumber,
    subset: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: someLabels }),
  });
}

function named(
  field: string,
  all: Readonly<Record<string, { ports: { number: number }[] }>>,
  subsets: (name: string) => object[],
) {
  return Object.entries(all).map(
    ([name, { ports }]): fc.Arbitrary<Args> =>
      fc.record({
        [field]: fc.constant(name),
        port: fc.constantFrom(...ports.map(({ number }) => number)),
        subset: fc.constantFrom(undefined, ...subsets(name)),
      }),
  );
}

/** A destination of a route or a policy, without weight. */
export function destination({ clusters, virtualDestinations, externalServices }: Targets): fc.Arbitrary<Args> {
  return fc
    .oneof(
      service(clusters),
      ...named("virtualDestination", virtualDestinations, (name) =>
        (virtualDestinations[name]?.subsets ?? []).map(({ labels }) => labels),
      ),
      ...named("externalService", externalServices, (name) =>
        (externalServices[name]?.endpoints ?? [])
          .map(({ labels }) => labels)
          .filter((labels) => Object.keys(labels).length > 0),
      ),
    )
    .map(defined);
}

/** Adds weights that total 100: on all destinations, on some, or on none. */
function weighted(destinations: readonly Args[]): fc.Arbitrary<readonly Args[]> {
  const cuts = fc.array(fc.integer({ min: 0, max: 100 }), {
    minLength: destinations.length - 1,
    maxLength: destinations.length - 1,
  });
  const all = cuts.map((points) => {
    const sorted = [0, ...points.sort((a, b) => a - b), 100];
    return destinations.map((each, index) => ({ ...each, weight: (sorted[index + 1] ?? 100) - (sorted[index] ?? 0) }));
  });
  const some =
    destinations.length > 1
      ? destinations.map((each, index) => (index === 0 ? { ...each, weight: 7 } : each))
      : [...destinations];
  return fc.oneof(all, fc.constant(some), fc.constant([...destinations]));
}

function forward(targets: Targets) {
  const rewrite = fc.constantFrom(
    {},
    { pathRewrite: "/new" },
    { regexRewrite: { pattern: { regex: "^/(a)" }, substitution: "/\\1" } },
    { hostRewrite: "host.example.net" },
    { autoHostRewrite: true },
  );
  const destinations = fc
    .array(destination(targets), { minLength: 0, maxLength: 3 })
    .chain((all) => (all.length === 0 ? fc.constant<readonly Args[]>([]) : weighted(all)));
  return fc
    .tuple(destinations, rewrite)
    .map(([all, more]) => ({ forwardTo: { ...more, ...(all.length > 0 && { destinations: all }) } }));
}

const answer: fc.Arbitrary<Args> = fc.oneof(
  fc.constantFrom<Args>(
    { redirect: { hostRedirect: "www.example.com" } },
    { redirect: { pathRedirect: "/new", responseCode: "PERMANENT_REDIRECT" } },
  ),
  fc.record({
    directResponse: fc.record({ status: fc.integer({ min: 200, max: 599 }), body: fc.string({ maxLength: 8 }) }),
  }),
);

type Matcher = { readonly uri?: object };

/** Drops a path rewrite that fits no matcher. */
function fitting({ pathRewrite, ...forward }: { readonly pathRewrite?: string }, matchers: readonly Matcher[]): object {
  const fits = matchers.length > 0 && matchers.every(({ uri }) => uri !== undefined && !("regex" in uri));
  return { ...forward, ...(fits && pathRewrite !== undefined && { pathRewrite }) };
}

/** Delegates to some of these tables; answers directly if there are none. */
export function delegate(tables: readonly string[]): fc.Arbitrary<Args> {
  if (tables.length === 0) return answer;
  return fc
    .record({
      routeTables: fc.shuffledSubarray([...tables], { minLength: 1 }),
      selector: fc.constantFrom(undefined, undefined, undefined, { labels: { tier: "a" } }),
      sortMethod: fc.constantFrom(undefined, "TABLE_WEIGHT", "ROUTE_SPECIFICITY"),
    })
    .map((args) => ({ delegate: defined(args) }));
}

function route(targets: Targets, listed: Listed, tables: readonly string[]) {
  const action = fc.oneof(
    { weight: 6, arbitrary: forward(targets) as fc.Arbitrary<Args> },
    { weight: 2, arbitrary: answer },
    { weight: 3, arbitrary: delegate(tables) },
  );
  const matchersOf = fc.array(matcherArgs, { minLength: 1, maxLength: 3 });
  return fc.tuple(action, matchersOf, maybeLabels, listed).map(([does, matchers, labels, policies]) => ({
    matchers,
    ...does,
    ...(labels && { labels }),
    ...(policies && { policies }),
    ...("forwardTo" in does && { forwardTo: fitting(does["forwardTo"] as object, matchers) }),
  }));
}

/** Routes of a table; the last one may match all requests. */
function routes(targets: Targets, listed: Listed, tables: readonly string[]) {
  return fc
    .tuple(fc.array(route(targets, listed, tables), { minLength: 1, maxLength: 5 }), fc.boolean())
    .map(([all, open]) =>
      all.map(({ matchers, ...does }, index) => ({
        name: `r${index}`,
        ...does,
        ...(!(open && index === all.length - 1 && !JSON.stringify(does).includes("pathRewrite")) && { matchers }),
      })),
    );
}

/** Connection routes to some of these destinations; TLS routes match names of the table. */
function connections(index: number, targets: Targets) {
  const forwardTo = fc
    .array(destination(targets), { minLength: 1, maxLength: 2 })
    .map((destinations) => ({ destinations }));
  const tcp = fc.record({ name: fc.constant("c0"), forwardTo }).map((route) => ({ tcp: [route] }));
  const names = fc.uniqueArray(
    fc.constantFrom(`t${index}.example.com`, `T${index}.Example.com`, `a.t${index}.example.org`),
    { minLength: 1, maxLength: 2, selector: (name) => name.toLowerCase() },
  );
  const tls = fc
    .record({ name: fc.constant("c1"), matchers: names.map((sniHosts) => [{ sniHosts }]), forwardTo })
    .map((route) => ({ tls: [route] }));
  return fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, tcp, tls);
}

/** Users of a table: gateways, callers with sidecars in some of the clusters, or both. */
function place(index: number, gateways: readonly string[], { clusters }: Targets) {
  const virtualGateways = fc.subarray([...gateways], { minLength: 1 });
  const sidecars = fc
    .record({
      namespaces: fc.subarray(["shop", "web"], { minLength: 1 }),
      labels: maybe(fc.constant({ app: "frontend" })),
      clusters: maybe(fc.subarray([...clusters], { minLength: 1 })),
    })
    .map(defined);
  const one = `t${index}.example.com`;
  const hosts = fc.constantFrom([one], [one, `*.t${index}.example.org`]);
  return fc.oneof(
    { weight: 3, arbitrary: fc.record({ hosts, virtualGateways }) },
    { weight: 1, arbitrary: fc.record({ hosts: fc.constant([one]), virtualGateways, sidecars }) },
    { weight: 1, arbitrary: fc.record({ hosts: fc.constant([one]), sidecars }) },
  );
}

/**
 * A route table on some of these gateways or for callers with sidecars, which may delegate to these tables; `index`
 * makes its hosts unique.
 */
export function routeTableArgs(
  index: number,
  gateways: readonly string[],
  targets: Targets,
  { listed, tables }: { readonly listed: Listed; readonly tables: readonly string[] },
) {
  return fc
    .record({
      common: fc.record(common(targets, listed, tables)),
      connections: connections(index, targets),
      place: place(index, gateways, targets),
    })
    .map(({ common, connections, place }) => defined({ ...common, ...connections, ...place }));
}

/** A route table that others delegate to. */
export function delegatedTableArgs(targets: Targets, listed: Listed, tables: readonly string[]) {
  return fc
    .record({ ...common(targets, listed, tables), weight: fc.constantFrom(undefined, -1, 0, 1, 100) })
    .map(defined);
}

function common(targets: Targets, listed: Listed, tables: readonly string[]) {
  return {
    fleet: fc.constant("prod"),
    http: routes(targets, listed, tables),
    defaultDestination: maybe(destination(targets)),
    labels: maybeLabels,
    policies: listed,
  };
}
