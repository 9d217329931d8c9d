/** Requests that nearly satisfy a table's conditions, with mutations. */
import fc from "fast-check";
import type { Request } from "../../../sdk/nodejs/src/simulate/request.js";
import type { ModelArgs } from "../../support/arbitraries/model-args.js";
import { FITTING_TOKENS } from "../../support/example-tokens.js";
import { CLUSTER, GATEWAY_PORTS } from "../rig/world.js";
import type { MatcherArgs, UriArgs, ValueArgs } from "./conditions.js";
import { connecting, type WrittenHeaders } from "./connecting.js";
import { often } from "./often.js";
import {
  BEARER,
  type CrossOrigin,
  crossOriginHeaders,
  extraHeader,
  queryExtra,
  SAME,
  token,
  tokenPlace,
} from "./request-extras.js";
import type { RouteArgs } from "./routes.js";
import { hostChange, pathChange } from "./text-changes.js";
import { METHODS, ODD_METHODS, PATH_EXPRESSIONS, VALUE_EXPRESSIONS, VALUES } from "./texts.js";

interface Aim {
  readonly hosts: readonly string[];
  /** Path prefix from delegating routes. */
  readonly before: string;
  readonly matcher: MatcherArgs;
}

/** A choice whose number of options is not known yet. */
const choice = fc.nat(1_000_000);

function pick<T>(from: readonly T[], by: number): T | undefined {
  return from[by % Math.max(1, from.length)];
}

const wildcardPart = fc.constantFrom("x", "a", "b.a", "x.y", "A", "*", "x_y", "-", "a.b.a");

/** Returns a value that satisfies a condition, or nearly does. */
function valueFor({ value, regex }: ValueArgs, by: number): string {
  if (value === undefined) return pick(VALUES, by) ?? "";
  return regex === true ? (pick(VALUE_EXPRESSIONS[value] ?? [], by) ?? "") : value;
}

/** Drops characters that paths can't contain; the last of the extra parameters test those. */
function visible(text: string): string {
  return text.replaceAll(" ", "+").replaceAll("é", "e");
}

function pathFor(uri: UriArgs | undefined, by: number): string {
  const { exact, prefix, regex } = uri ?? {};
  if (regex !== undefined) return pick(PATH_EXPRESSIONS[regex] ?? [], by) ?? "/";
  if (prefix !== undefined) return `${prefix}${pick(["", "", "x", "/", "/a", "/a/b"], by)}`;
  return exact ?? "/a";
}

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
  /** Bits that select the conditions that the request satisfies. */
  meet: fc.oneof({ weight: 3, arbitrary: fc.constant(255) }, { weight: 2, arbitrary: fc.nat(255) }),
  extraHeaders: fc.array(extraHeader, { maxLength: 2 }),
  extraQuery: fc.array(queryExtra, { maxLength: 2 }),
  /** A second value for the first header and parameter in a condition. */
  again: often<string | undefined>(3, undefined, fc.constantFrom(...VALUES)),
  /** Headers that a browser adds for a page of another origin; with a method, it is a preflight request. */
  crossOrigin: often<CrossOrigin | undefined>(
    9,
    undefined,
    fc.record({
      origin: fc.constantFrom("https://a.test", "https://b.test", "https://a.test.evil", "null", "", "*", SAME),
      isReferer: fc.constantFrom(false, false, true),
      asks: fc.constantFrom(undefined, "GET", "DELETE", ""),
    }),
  ),
  /** Credentials that a client sends. */
  token: fc.oneof(
    { weight: 1, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.record({ text: token, place: tokenPlace }) },
  ),
  connecting: often<WrittenHeaders>(9, [], connecting),
  /** A token for a route that is chosen by claims, where it is not any token. */
  claimant: often<string | undefined>(1, undefined, fc.constantFrom(...FITTING_TOKENS)),
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
    const claimant = matcher.claims === undefined ? undefined : of.claimant;
    const token = claimant === undefined ? of.token : { text: claimant, place: BEARER };
    const host = of.changeHost((pick(hosts, of.host) ?? "other.org").replace("*", of.part));
    const headers = [
      ...wanted.map((each, index): [string, string] => [each.name, valueFor(each, of.value + index)]),
      ...again(wanted, ({ name }, value): [string, string] => [name, value]),
      ...of.extraHeaders.map(([name, value]): [string, string] => [name, value]),
      ...crossOriginHeaders(of.crossOrigin, host),
      ...of.connecting.map(([name, value]): [string, string] => [name, value]),
      ...(token === undefined ? [] : token.place.headers(token.text)),
    ].map(([name, value]): [string, string] => [of.upperNames ? name.toUpperCase() : name, value]);
    const parameters = [
      ...(matcher.queryParameters ?? [])
        .filter((_, index) => meets(index + 3))
        .map((each, index) => `${each.name}=${visible(valueFor(each, of.value + index))}`),
      ...again(matcher.queryParameters ?? [], ({ name }, value) => `${name}=${visible(value)}`),
      ...of.extraQuery.map((parts) => parts.join("")),
      ...(token === undefined ? [] : token.place.parameters(token.text)),
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

/** Returns the conditions of every route with the hosts of its table, or of the tables that delegate to it. */
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
