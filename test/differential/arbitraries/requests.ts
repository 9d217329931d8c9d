/** Requests that come close to the conditions of a table, and then are changed. */
import fc from "fast-check";
import type { Request } from "../../../sdk/nodejs/src/simulate/request.js";
import type { ModelArgs } from "../../support/arbitraries/model.js";
import { EXAMPLE_TOKENS, FITTING_TOKENS } from "../../support/example-tokens.js";
import { CLUSTER, GATEWAY_PORTS } from "../rig/world.js";
import type { MatcherArgs, UriArgs, ValueArgs } from "./conditions.js";
import type { RouteArgs } from "./routes.js";
import {
  HEADER_NAMES,
  METHODS,
  nastyPath,
  nastySegment,
  ODD_METHODS,
  PARAMETER_NAMES,
  PATH_EXPRESSIONS,
  VALUE_EXPRESSIONS,
  VALUES,
} from "./texts.js";

interface Aim {
  readonly hosts: readonly string[];
  /** What delegating routes put before the path. */
  readonly before: string;
  readonly matcher: MatcherArgs;
}

/** A choice that does not know yet among how many. */
const choice = fc.nat(1_000_000);

function pick<T>(from: readonly T[], by: number): T | undefined {
  return from[by % Math.max(1, from.length)];
}

const often = <T>(weight: number, usual: T, other: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });

const wildcardPart = fc.constantFrom("x", "a", "b.a", "x.y", "A", "*", "x_y", "-", "a.b.a");

type Change = (text: string) => string;
const same: Change = (text) => text;

const hostChange: fc.Arbitrary<Change> = often(
  4,
  same,
  fc.constantFrom<Change>(
    (host) => host.toUpperCase(),
    (host) => `${host}:80`,
    (host) => `${host}:8080`,
    (host) => `${host}:`,
    (host) => `${host}:99999`,
    (host) => `${host}:x`,
    (host) => `${host}.`,
    (host) => `${host}.:80`,
    (host) => `x.${host}`,
    (host) => `.${host}`,
    (host) => `x${host}`,
    (host) => host.replace(/^[^.]*\./, ""),
    (host) => `${host}:80:80`,
    (host) => `  ${host} `,
    (host) => `${host}/`,
    (host) => `u@${host}`,
    (host) => `${host}, ${host}`,
    (host) => host.replace("t", "%74"),
    () => "",
    () => "other.org",
    () => "[::1]",
    () => "[::1]:80",
    () => "127.0.0.1",
    () => "*.test",
    () => "é.test",
    () => "a b",
    () => "test",
  ),
);

const pathChange: fc.Arbitrary<Change> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(same) },
  {
    weight: 4,
    arbitrary: fc.tuple(nastySegment, fc.nat(8)).map(
      ([segment, at]): Change =>
        (path) => {
          const parts = path.split("/");
          return parts.toSpliced(1 + (at % parts.length), 0, segment).join("/");
        },
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Change>(
      (path) => `${path}/`,
      (path) => `/${path}`,
      (path) => path.replace(/\/$/, ""),
      (path) => path.toUpperCase(),
      (path) => path.toLowerCase(),
      (path) => `${path}x`,
      (path) => path.replace(/[a-z]/, (char) => `%${char.charCodeAt(0).toString(16)}`),
      (path) => path.replaceAll("/", "\\"),
      (path) => `/./${path.slice(1)}`,
      (path) => `/x/..${path}`,
      (path) => `${path}/..`,
      (path) => `${path};v=1`,
      (path) => `${path}%20`,
      (path) => path.replace("%", "%25"),
    ),
  },
  {
    weight: 1,
    arbitrary: nastyPath.map(
      (path): Change =>
        () =>
          path,
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Change>(
      ...Array.from({ length: 25 }, () => (path: string) => `${path}${"a".repeat(50)}`),
      (path) => `${path}${"a".repeat(2000)}`,
      (path) => `${path}#f`,
      (path) => path.slice(1),
      (path) => `${path}é`,
      (path) => `${path} x`,
      (path) => `${path}\t`,
      (path) => `${path}\u0001`,
      () => "*",
      () => "",
    ),
  },
);

/** A value that fits a condition, or nearly. */
function valueFor({ value, regex }: ValueArgs, by: number): string {
  if (value === undefined) return pick(VALUES, by) ?? "";
  return regex === true ? (pick(VALUE_EXPRESSIONS[value] ?? [], by) ?? "") : value;
}

/** Paths hold nothing else; what they do hold besides, the last of the extra parameters try. */
function visible(text: string): string {
  return text.replaceAll(" ", "+").replaceAll("é", "e");
}

function pathFor(uri: UriArgs | undefined, by: number): string {
  const { exact, prefix, regex } = uri ?? {};
  if (regex !== undefined) return pick(PATH_EXPRESSIONS[regex] ?? [], by) ?? "/";
  if (prefix !== undefined) return `${prefix}${pick(["", "", "x", "/", "/a", "/a/b"], by)}`;
  return exact ?? "/a";
}

const extraHeader: fc.Arbitrary<readonly [string, string]> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.tuple(fc.constantFrom(...HEADER_NAMES.filter((name) => name !== "host")), fc.constantFrom(...VALUES)),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<readonly [string, string]>(
      ["te", "trailers"],
      ["TE", "gzip, trailers"],
      ["x-a", "\u0001"],
      ["x-a", " \t a \t "],
      ["x-a", "a\tb"],
      ["X-A", "a".repeat(3000)],
      ["connection", "keep-alive"],
      ["x-envoy-upstream-rq-timeout-ms", "5000"],
      ["x-forwarded-for", "203.0.113.7"],
      ["cookie", "a=1"],
      ["cookie", "b=2"],
      ["x-a", "\u007f"],
      ["x-a", "a\u0000"],
    ),
  },
);

const queryExtra = fc.tuple(
  fc.oneof({ weight: 30, arbitrary: fc.constantFrom(...PARAMETER_NAMES) }, { weight: 1, arbitrary: fc.constant("é") }),
  fc.oneof(
    { weight: 30, arbitrary: fc.constantFrom("", "=", "=a", "=b", "=a,b", "=%61", "=A", "=a=b", "=?", "=a+b") },
    { weight: 1, arbitrary: fc.constantFrom("=é", "=a#b", "=a b") },
  ),
);

interface CrossOrigin {
  readonly origin: string;
  readonly asks: string | undefined;
  readonly isReferer: boolean;
}

/** Stands for the origin of the host that the request goes to. */
const SAME = "same";

function crossOriginHeaders(of: CrossOrigin | undefined, host: string): readonly [string, string][] {
  if (of === undefined) return [];
  return [
    [of.isReferer ? "referer" : "origin", of.origin === SAME ? `http://${host}` : of.origin],
    ...(of.asks === undefined ? [] : [["access-control-request-method", of.asks] as const]),
  ].map(([name = "", value = ""]): [string, string] => [name, value]);
}

type Headers = readonly (readonly [string, string])[];

/** What a client asks of the connection: to switch to another protocol, or to take headers away. */
const connecting = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .record({
        connection: fc.constantFrom("Upgrade", "keep-alive, upgrade", "x-a, upgrade", "upgrade, close", "upgrade;q=1"),
        upgrade: fc.constantFrom(
          "websocket",
          "websocket",
          "websocket",
          "WebSocket",
          "h2c",
          "foo",
          "websocket, foo",
          "",
        ),
      })
      .map(
        ({ connection, upgrade }): Headers => [
          ["Connection", connection],
          ["Upgrade", upgrade],
        ],
      ),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(
        ...["x-a", "X-A, x-b", "cookie,authorization", "te", "close", "connection", "upgrade", "http2-settings", ""],
        ...["x-forwarded-for", "host", ":path", "x:path", "a,b,c,d,e,f,g,h,i,", "a,b,c,d,e,f,g,h,i,j"],
      )
      .map((connection): Headers => [["connection", connection]]),
  },
  { weight: 1, arbitrary: fc.constant<Headers>([["upgrade", "websocket"]]) },
);

const token = fc.oneof(fc.constantFrom(...EXAMPLE_TOKENS), fc.constantFrom(...FITTING_TOKENS));

interface TokenPlace {
  readonly headers: (token: string) => readonly [string, string][];
  readonly parameters: (token: string) => readonly string[];
}

const inHeader = (name: string, write: (token: string) => string): TokenPlace => ({
  headers: (token) => [[name, write(token)]],
  parameters: () => [],
});

/** Where a token is, and forged claims beside it. */
const tokenPlace: fc.Arbitrary<TokenPlace> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(inHeader("Authorization", (token) => `Bearer ${token}`)) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      inHeader("x-token", (token) => token),
      inHeader("x-token", (token) => `token=${token}`),
      inHeader("x-token", (token) => `other=1; token= ${token}`),
      inHeader("authorization", (token) => `bearer ${token}`),
      inHeader("authorization", (token) => `Basic x, Bearer ${token}`),
      inHeader("authorization", (token) => `Bearer ${token}, Bearer ${token}`),
      inHeader("authorization", () => "Bearer "),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom<TokenPlace>(
      { headers: () => [], parameters: (token) => [`token=${token}`] },
      { headers: () => [], parameters: (token) => [`a=${token.replaceAll(".", "%2E")}`] },
      { headers: (token) => [["authorization", `Bearer ${token}`]], parameters: () => ["token=x"] },
      { headers: (token) => [["authorization", `Bearer ${token}`]], parameters: (token) => [`token=${token}`] },
      {
        headers: (token) => [
          ["x-role", "forged"],
          ["X-Payload", "forged"],
          ["x-token", token],
          ["x-token", token],
        ],
        parameters: () => [],
      },
    ),
  },
);

/** The parts of a request that don't depend on the conditions. */
const dice = fc.record({
  aim: choice,
  host: choice,
  path: choice,
  value: choice,
  part: wildcardPart,
  port: fc.constantFrom(...GATEWAY_PORTS, ...GATEWAY_PORTS, 80),
  changeHost: hostChange,
  changePath: pathChange,
  method: fc.oneof(
    { weight: 20, arbitrary: fc.constant(undefined) },
    { weight: 8, arbitrary: fc.constantFrom(...METHODS) },
    { weight: 1, arbitrary: fc.constantFrom(...ODD_METHODS) },
  ),
  /** Bits of these tell which conditions the request meets. */
  meet: fc.oneof({ weight: 3, arbitrary: fc.constant(255) }, { weight: 2, arbitrary: fc.nat(255) }),
  extraHeaders: fc.array(extraHeader, { maxLength: 2 }),
  extraQuery: fc.array(queryExtra, { maxLength: 2 }),
  /** Another value for the first header and parameter that are conditions. */
  again: often<string | undefined>(3, undefined, fc.constantFrom(...VALUES)),
  /** What a browser adds where a page is of another origin; with a method, it only asks. */
  crossOrigin: often<CrossOrigin | undefined>(
    9,
    undefined,
    fc.record({
      origin: fc.constantFrom("https://a.test", "https://b.test", "https://a.test.evil", "null", "", "*", SAME),
      isReferer: fc.constantFrom(false, false, true),
      asks: fc.constantFrom(undefined, "GET", "DELETE", ""),
    }),
  ),
  /** What a client sends to say who it is. */
  token: fc.oneof(
    { weight: 1, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.record({ text: token, place: tokenPlace }) },
  ),
  connecting: often<Headers>(9, [], connecting),
  isReversed: fc.boolean(),
  upperNames: fc.boolean(),
  hasHost: fc.constantFrom(...Array.from({ length: 40 }, () => true), false),
  mark: fc.constantFrom("", "", "", "?", "?&", "??"),
});

/** Requests to the tables of these arguments. */
export function requestsTo(args: ModelArgs): fc.Arbitrary<Request> {
  const aims = aimsOf(args);
  return dice.map((of): Request => {
    const { hosts, before, matcher } = pick(aims, of.aim) ?? { hosts: [], before: "", matcher: {} };
    const meets = (bit: number): boolean => (of.meet & (1 << (bit % 8))) !== 0;
    const wanted = (matcher.headers ?? []).filter(
      ({ name, invertMatch }, index) => name.toLowerCase() !== "host" && meets(index) !== (invertMatch === true),
    );
    const again = <T>(
      conditions: readonly ValueArgs[],
      write: (condition: ValueArgs, value: string) => T,
    ): readonly T[] => {
      const [first] = conditions;
      return of.again === undefined || first === undefined ? [] : [write(first, of.again)];
    };
    const host = of.changeHost((pick(hosts, of.host) ?? "other.org").replace("*", of.part));
    const headers = [
      ...wanted.map((each, index): [string, string] => [each.name, valueFor(each, of.value + index)]),
      ...again(wanted, ({ name }, value): [string, string] => [name, value]),
      ...of.extraHeaders.map(([name, value]): [string, string] => [name, value]),
      ...crossOriginHeaders(of.crossOrigin, host),
      ...of.connecting.map(([name, value]): [string, string] => [name, value]),
      ...(of.token === undefined ? [] : of.token.place.headers(of.token.text)),
    ].map(([name, value]): [string, string] => [of.upperNames ? name.toUpperCase() : name, value]);
    const parameters = [
      ...(matcher.queryParameters ?? [])
        .filter((_, index) => meets(index + 3))
        .map((each, index) => `${each.name}=${visible(valueFor(each, of.value + index))}`),
      ...again(matcher.queryParameters ?? [], ({ name }, value) => `${name}=${visible(value)}`),
      ...of.extraQuery.map((parts) => parts.join("")),
      ...(of.token === undefined ? [] : of.token.place.parameters(of.token.text)),
    ];
    const ordered = of.isReversed ? parameters.reverse() : parameters;
    const query = ordered.length > 0 ? `${of.mark || "?"}${ordered.join("&")}` : of.mark;
    const method = of.crossOrigin?.asks === undefined ? (of.method ?? matcher.method) : "OPTIONS";
    return {
      from: { cluster: CLUSTER, address: "127.0.0.1" },
      scheme: "http",
      ...(of.hasHost && { host }),
      port: matcher.port !== undefined && meets(7) ? matcher.port : of.port,
      path: `${of.changePath(before + pathFor(matcher.uri, of.path))}${query}`,
      ...(method !== undefined && { method }),
      headers: of.isReversed ? headers.reverse() : headers,
    };
  });
}

interface TableArgs {
  readonly hosts?: readonly string[];
  readonly http: readonly RouteArgs[];
}

/** The conditions of every route at the hosts of its table, or of the tables that lead to it. */
function aimsOf({ RouteTable }: ModelArgs): readonly Aim[] {
  const tables = RouteTable as Readonly<Record<string, TableArgs>>;
  return Object.values(tables).flatMap(({ hosts, http }) =>
    hosts === undefined ? [] : aimsAt({ hosts, before: "", matcher: {} }, http, tables),
  );
}

function aimsAt(aim: Aim, http: readonly RouteArgs[], tables: Readonly<Record<string, TableArgs>>): readonly Aim[] {
  return http.flatMap(({ matchers = [{}], delegate }) => {
    const { routeTables = [] } = (delegate ?? {}) as { readonly routeTables?: readonly string[] };
    return matchers.flatMap((matcher): readonly Aim[] => {
      const own: Aim = { ...aim, matcher: bothOf(aim.matcher, matcher) };
      if (delegate === undefined) return [own];
      const { uri, ...conditions } = own.matcher;
      const below: Aim = { ...aim, before: aim.before + (uri?.prefix ?? "").replace(/\/$/, ""), matcher: conditions };
      return routeTables.flatMap((name) => aimsAt(below, tables[name]?.http ?? [], tables));
    });
  });
}

function bothOf(one: MatcherArgs, other: MatcherArgs): MatcherArgs {
  return {
    ...one,
    ...other,
    headers: [...(one.headers ?? []), ...(other.headers ?? [])],
    queryParameters: [...(one.queryParameters ?? []), ...(other.queryParameters ?? [])],
  };
}
