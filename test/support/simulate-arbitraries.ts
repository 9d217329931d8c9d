/** Tables and requests that collide often: few texts, all adversarial. */
import fc from "fast-check";
import type {
  HeaderMatcher,
  Matcher,
  QueryParameterMatcher,
  UriMatch,
  ValueMatch,
} from "../../sdk/nodejs/src/model/match.js";
import type { Plan, PlannedListener, PlannedRoute, PlannedRouteTable } from "../../sdk/nodejs/src/plan/types.js";
import type { Request } from "../../sdk/nodejs/src/simulate/request.js";
import { defined, maybe } from "./arbitraries/names.js";

const segment = fc.constantFrom("a", "b", "ab", "A", "", "a.b", "a;p", "%2F", "aa");
const nasty = fc.constantFrom(".", "..", "%2e", "%2E%2e", "a%2Fb", "%41", ".;x", "..;", "a\\b", "%", '"', "...", "[a]");
const slashed = (part: fc.Arbitrary<string>) => fc.array(part, { maxLength: 3 }).map((parts) => `/${parts.join("/")}`);

const uri: fc.Arbitrary<UriMatch> = fc.oneof(
  fc.record({ kind: fc.constantFrom("exact", "prefix"), value: slashed(segment), ignoreCase: fc.boolean() }),
  fc.record({
    kind: fc.constant("regex"),
    value: fc.constantFrom("/.*", ".*", "/a.*", "/[^/]+", "/(a|b)/.*", "/a/?", "/a|/b", "/ab*"),
    ignoreCase: fc.constant(false),
  }),
);

const value = fc.constantFrom("a", "b", "", "a,b", "A");
const valueMatch: fc.Arbitrary<ValueMatch> = fc.oneof(
  fc.constant<ValueMatch>({ kind: "present" }),
  fc.record({ kind: fc.constant("exact"), value }),
  fc.record({ kind: fc.constant("regex"), value: fc.constantFrom("a", "a+", "[ab]+", ".*", "a|b") }),
);
const headerMatcher: fc.Arbitrary<HeaderMatcher> = fc.record({
  name: fc.constantFrom("x", "y"),
  match: valueMatch,
  invert: fc.boolean(),
});
const queryMatcher: fc.Arbitrary<QueryParameterMatcher> = fc.record({
  name: fc.constantFrom("a", "b"),
  match: valueMatch,
});

/** A matcher with arbitrary conditions. */
export const matcher: fc.Arbitrary<Matcher> = fc
  .record({
    uri: maybe(uri),
    headers: fc.array(headerMatcher, { maxLength: 2 }),
    queryParameters: fc.array(queryMatcher, { maxLength: 1 }),
    method: maybe(fc.constantFrom("GET", "POST")),
    port: fc.option(fc.constantFrom(80, 81), { nil: undefined, freq: 8 }),
  })
  .map(defined);

const routes: fc.Arbitrary<PlannedRoute[]> = fc
  .array(fc.array(matcher, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 8 })
  .map((all) => all.map((matchers, index) => answering(`r${index}`, matchers)));

/** Returns a route that answers with its name. */
export function answering(name: string, matchers: readonly Matcher[]): PlannedRoute {
  return { name, labels: {}, matchers, action: { kind: "directResponse", status: 200, body: name } };
}

/** Hosts, several of which match the same name. */
export const HOSTS = ["foo.example.com", "*.example.com", "*.b.example.com", "*", "example.com"] as const;

const tables: fc.Arbitrary<PlannedRouteTable[]> = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...HOSTS), routes), { selector: ([host]) => host, maxLength: HOSTS.length })
  .map((all) =>
    all.map(([host, each]) => ({
      maker: { kind: "RouteTable", name: host },
      gateway: { name: "web", namespace: "gateways", labels: {} },
      hosts: [host],
      routes: each,
      chosenSubsets: [],
    })),
  );

/** One cluster, one gateway that listens on 80 and 81 for every host, and tables. */
export const plan: fc.Arbitrary<Plan> = tables.map(planWith);

function planWith(routeTables: readonly PlannedRouteTable[]): Plan {
  const listener = (port: number): PlannedListener => ({
    port,
    boundPort: port,
    protocol: "HTTP",
    httpsRedirect: false,
    hosts: ["*"],
  });
  const gateway = {
    maker: { kind: "VirtualGateway" as const, name: "web" },
    namespace: "gateways",
    labels: { app: "web" },
    listeners: [listener(80), listener(81)],
  };
  const none = { destinations: [], externalServices: [], eastWestGateways: [], entrances: [] };
  return { clusters: [{ cluster: "east", trustDomain: "", gateways: [gateway], routeTables, ...none }] };
}

/** Returns the plan with changed routes. */
export function mapRoutes(of: Plan, change: (routes: readonly PlannedRoute[]) => readonly PlannedRoute[]): Plan {
  const tablesOf = of.clusters.flatMap(({ routeTables }) => routeTables);
  return planWith(tablesOf.map((table) => ({ ...table, routes: change(table.routes) })));
}

const query = fc.constantFrom("", "?", "?a", "?a=b", "?a=a&a=b", "?b=a&a=", "?A=a", "?&a=a,b", "?x=?a=a");

/** A request to the gateway of `plan`. */
export const request: fc.Arbitrary<Request> = fc.record({
  scheme: fc.constant("http"),
  host: fc.constantFrom(
    "foo.example.com",
    "x.example.com",
    "x.b.example.com",
    "b.example.com",
    "example.com",
    "other.org",
    "",
  ),
  port: fc.constantFrom(80, 80, 80, 81),
  path: fc.tuple(slashed(fc.oneof(segment, nasty)), query).map((parts) => parts.join("")),
  method: fc.constantFrom("GET", "GET", "POST"),
  headers: fc.array(fc.tuple(fc.constantFrom("x", "X", "y", "Y"), value), { maxLength: 3 }),
});
