/** Arguments of routes with every action. */
import fc from "fast-check";
import { defined, distinct, maybe } from "../../support/arbitraries/names.js";
import { maybeLabels } from "../../support/arbitraries/route-policies.js";
import type { Args } from "./backends.js";
import { type MatcherArgs, matcherArgs } from "./conditions.js";

/** Destinations that routes may forward to, by name. */
export interface Backends {
  readonly VirtualDestination: Readonly<Record<string, Args>>;
  readonly ExternalService: Readonly<Record<string, Args>>;
}

export interface RouteArgs {
  readonly name: string;
  readonly matchers?: readonly MatcherArgs[];
  readonly [action: string]: unknown;
}

/** Returns every destination, each with each of its subsets. */
export function destinationsOf({ VirtualDestination, ExternalService }: Backends): readonly Args[] {
  const list = (value: unknown): readonly Args[] => (Array.isArray(value) ? value : []);
  const all = (field: string, parts: string, named: Readonly<Record<string, Args>>): readonly Args[] =>
    Object.entries(named).flatMap(([name, args]) =>
      list(args["ports"]).flatMap((port) => {
        const whole = { [field]: name, port: port["number"] };
        const subsets = list(args[parts]).flatMap(({ labels }) =>
          labels === undefined ? [] : [{ ...whole, subset: labels }],
        );
        return [whole, ...subsets];
      }),
    );
  return [
    ...all("virtualDestination", "subsets", VirtualDestination),
    ...all("externalService", "endpoints", ExternalService),
  ];
}

/** Destinations with weights that total 100, often including a 0. */
function weighted(backends: Backends): fc.Arbitrary<readonly Args[]> {
  const all = distinct(fc.constantFrom(...destinationsOf(backends)), (each) => JSON.stringify(each), 1, 3);
  const cuts = fc.array(fc.oneof(fc.constantFrom(0, 100), fc.integer({ min: 0, max: 100 })), {
    minLength: 2,
    maxLength: 2,
  });
  return fc.tuple(all, cuts, fc.boolean()).map(([destinations, points, isEven]) => {
    if (isEven) return destinations;
    const sorted = [0, ...points.slice(0, destinations.length - 1).sort((a, b) => a - b), 100];
    return destinations.map((each, index) => ({ ...each, weight: (sorted[index + 1] ?? 100) - (sorted[index] ?? 0) }));
  });
}

const pathRewrite = fc.constantFrom("/", "/new", "/new/", "/a//b", "/%2e", "/../n", "/a%20b", "/\\1", "/$1", "/é");
const regexRewrite = fc
  .record({
    regex: fc.constantFrom(
      "^/(a)",
      "a",
      "/",
      "b*",
      "(/)(.*)",
      "[ab]+$",
      "^",
      "$",
      "(?i)A",
      "x?",
      "/([^/]*)/?",
      "%2F",
      "\\bb\\b",
      "(a)|(b)",
    ),
    substitution: fc.constantFrom("/\\1", "x", "", "\\0\\0", "/", "[\\0]", "\\\\", "$1", "é"),
  })
  .map(({ regex, substitution }) => ({ pattern: { regex }, substitution }));

const host = fc.constantFrom("new.example.com", "New.Example.COM", "x", "localhost");

function forward(backends: Backends): fc.Arbitrary<Args> {
  return fc
    .record({
      destinations: weighted(backends),
      path: fc.oneof(
        { weight: 2, arbitrary: fc.constant({}) },
        { weight: 1, arbitrary: fc.record({ pathRewrite }) },
        { weight: 1, arbitrary: fc.record({ regexRewrite }) },
      ),
      hostRewrite: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: host }),
      autoHostRewrite: fc.constantFrom(undefined, undefined, undefined, true, false),
    })
    .map(({ path, ...rest }) => {
      const args = defined({ ...rest, ...path });
      return { forwardTo: args.hostRewrite !== undefined ? { ...args, autoHostRewrite: false } : args };
    });
}

const redirect: fc.Arbitrary<Args> = fc
  .record({
    hostRedirect: maybe(host),
    pathRedirect: maybe(
      fc.constantFrom("/", "/new", "/new?x=1", "/a%20b", "/../n", "/n?", "/n#f", "//x", "/é", "/%REQ(:path)%"),
    ),
    responseCode: fc.constantFrom(
      undefined,
      "MOVED_PERMANENTLY",
      "FOUND",
      "SEE_OTHER",
      "TEMPORARY_REDIRECT",
      "PERMANENT_REDIRECT",
    ),
  })
  .map((args) => ({
    redirect: defined(
      args.hostRedirect === undefined && args.pathRedirect === undefined ? { ...args, pathRedirect: "/p" } : args,
    ),
  }));

const directResponse: fc.Arbitrary<Args> = fc
  .record({
    status: fc.oneof(
      fc.constantFrom(200, 201, 204, 304, 301, 404, 400, 503, 205, 299, 599),
      fc.integer({ min: 200, max: 599 }),
    ),
    body: maybe(fc.constantFrom("", "hello", "é\n", "%REQ(:path)%", "100%", "{}", " ", "a\r\nb")),
  })
  .map((args) => ({ directResponse: defined(args) }));

function withFittingRewrite(action: Args, matchers: readonly MatcherArgs[]): Args {
  const forwardTo = action["forwardTo"] as Args | undefined;
  const fits = matchers.length > 0 && matchers.every(({ uri }) => uri !== undefined && uri.regex === undefined);
  if (forwardTo === undefined || fits) return action;
  const { pathRewrite: _, ...rest } = forwardTo;
  return { forwardTo: rest };
}

function rarely<T>(value: fc.Arbitrary<T | undefined>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
}

/** Routes in evaluation order; the last one may match every request. */
export function routesArgs(
  backends: Backends,
  listed: fc.Arbitrary<readonly string[] | undefined>,
  most: { readonly routes: number; readonly matchers: number } = { routes: 8, matchers: 3 },
): fc.Arbitrary<readonly RouteArgs[]> {
  const action = fc.oneof(
    { weight: 3, arbitrary: directResponse },
    { weight: 2, arbitrary: redirect },
    { weight: 4, arbitrary: forward(backends) },
  );
  const matchers = fc.array(matcherArgs, { minLength: 1, maxLength: most.matchers });
  return fc
    .tuple(
      fc.array(fc.tuple(action, matchers, maybeLabels, rarely(listed)), { minLength: 1, maxLength: most.routes }),
      fc.integer({ min: 0, max: 3 }),
    )
    .map(([all, open]) =>
      all.map(([does, conditions, labels, policies], index) => {
        const own = open === 0 && index === all.length - 1 ? [] : conditions;
        return {
          name: `r${index}`,
          ...withFittingRewrite(does, own),
          ...(own.length > 0 && { matchers: own }),
          ...(labels && { labels }),
          ...(policies && { policies }),
        };
      }),
    );
}
