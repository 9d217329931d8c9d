import { z } from "zod";
import { RedirectCode, SortMethod } from "../args/route-table.js";
import { isDeferred } from "./deferred.js";
import type { KindDefinition } from "./definition.js";
import { destinationSchema, type RouteDestination } from "./destination.js";
import { dottedHostRule, hostRule } from "./host.js";
import { absolutePath, matcherSchema, regexLength } from "./match.js";
import { routePatterns } from "./patterns.js";
import { type PolicyReference, policiesSchema } from "./policy-reference.js";
import type {
  Action,
  ConnectionMatcher,
  ConnectionRoute,
  HostRewrite,
  PathRewrite,
  Route,
  TableSelector,
} from "./route.js";
import {
  atLeastOne,
  choose,
  dnsLabel,
  fields,
  oneOf,
  plainLabels,
  plainText,
  port,
  raise,
  reference,
  someLabels,
  someOf,
  text,
  wholeNumber,
} from "./schema.js";
import { type Sidecars, sidecarsSchema } from "./sidecars.js";
import { type WorkspaceReference, workspaceReference } from "./workspace-reference.js";

/** Routes for requests to some hosts. */
export interface RouteTable {
  readonly fleet: string;
  readonly workspace?: WorkspaceReference;
  /** The namespace of the rendered gateway routes; absent if the workspace or the gateway decides. */
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Empty, like the gateways, if other tables delegate to this one. */
  readonly hosts: readonly string[];
  readonly virtualGateways: readonly string[];
  readonly sidecars?: Sidecars;
  readonly http: readonly Route[];
  readonly tls: readonly ConnectionRoute[];
  readonly tcp: readonly ConnectionRoute[];
  /** The precedence among the tables that one route delegates to. */
  readonly weight: number;
  readonly defaultDestination?: RouteDestination;
  readonly policies: readonly PolicyReference[];
}

/** Returns the labels by which policies select a route: its own take precedence over its table's. */
export function labelsOf(
  route: Pick<Route, "labels">,
  table: Pick<RouteTable, "labels">,
): Readonly<Record<string, string>> {
  return { ...table.labels, ...route.labels };
}

/** Text inserted into a path must leave a valid path. */
function rewrittenPath(value: string, context: z.core.$RefinementCtx<unknown>): void {
  if (/[\s?#\p{Cc}]/u.test(value)) {
    const expected = "a part of a path, without spaces, control characters, `?` and `#`";
    raise(context, "MW0110", { found: value, expected, example: "/reviews/\\1" });
  }
}

const forwardSchema = fields({
  destinations: z.array(destinationSchema).max(100).default([]),
  pathRewrite: text(absolutePath).optional(),
  regexRewrite: fields({
    pattern: fields({ regex: text(regexLength) }),
    substitution: text(rewrittenPath),
  }).optional(),
  hostRewrite: text(hostRule("none")).optional(),
  autoHostRewrite: z.boolean().optional(),
}).transform((args, context): Action => {
  choose(args, ["pathRewrite", "regexRewrite"], context, true);
  if (args.hostRewrite !== undefined && args.autoHostRewrite === true)
    raise(context, "MW0515", { field: "hostRewrite", with: "autoHostRewrite" });
  const regex = args.regexRewrite;
  const path: PathRewrite | undefined =
    regex !== undefined
      ? { kind: "regex", pattern: regex.pattern.regex, substitution: regex.substitution }
      : args.pathRewrite !== undefined
        ? { kind: "replace", value: args.pathRewrite }
        : undefined;
  const host: HostRewrite | undefined =
    args.hostRewrite !== undefined
      ? { kind: "literal", value: args.hostRewrite }
      : args.autoHostRewrite === true
        ? { kind: "destination" }
        : undefined;
  return { kind: "forward", destinations: args.destinations, ...(path && { path }), ...(host && { host }) };
});

const redirectSchema = fields({
  hostRedirect: text(hostRule("none")).optional(),
  pathRedirect: text((value, context) => {
    // a redirect target may have a query and a fragment
    if (!/^\/[^\s\p{Cc}]*$/u.test(value)) {
      const expected = "a path that begins with a slash and holds no spaces and control characters";
      raise(context, "MW0110", { found: value, expected, example: "/new" });
    }
  }).optional(),
  responseCode: oneOf(RedirectCode).default(RedirectCode.MovedPermanently),
}).transform((args, context): Action => {
  if (args.hostRedirect === undefined && args.pathRedirect === undefined) {
    raise(context, "MW0106", { found: [], allowed: ["hostRedirect", "pathRedirect"], atMost: false, atLeast: true });
  }
  return {
    kind: "redirect",
    ...(args.hostRedirect !== undefined && { host: args.hostRedirect }),
    ...(args.pathRedirect !== undefined && { path: args.pathRedirect }),
    code: args.responseCode,
  };
});

const directResponseSchema = fields({
  status: wholeNumber(200, 599),
  body: text((value, context) => {
    const size = Buffer.byteLength(value);
    if (size > 1024 * 1024) raise(context, "MW0104", { found: size, maximum: 1024 * 1024, unit: "bytes" });
  }).optional(),
}).transform((args): Action => ({ kind: "directResponse", ...args }));

/** A value that decides the existence or order of routes, and therefore must be plain. */
function plain<T>(schema: z.ZodType<T>): z.ZodType<T> {
  return z.unknown().transform((value, context): T => {
    if (isDeferred(value)) {
      raise(context, "MW0102", {
        expected: "a plain value, because it decides which route comes first",
        found: "an Output",
      });
      return z.NEVER;
    }
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    for (const issue of result.error.issues) context.issues.push({ ...issue, input: value } as z.core.$ZodRawIssue);
    return z.NEVER;
  });
}

const tableSelectorSchema: z.ZodType<TableSelector> = fields({
  labels: plainLabels.superRefine(someLabels).optional(),
  workspace: workspaceReference.optional(),
}).superRefine((selector, context) => atLeastOne(selector, ["labels", "workspace"], context));

const delegateSchema = fields({
  routeTables: someOf(reference("RouteTable")),
  selector: tableSelectorSchema.optional(),
  sortMethod: plain(z.enum(SortMethod)).default(SortMethod.TableWeight),
}).transform(({ routeTables, ...rest }): Action => ({ kind: "delegate", tables: routeTables, ...rest }));

/** The last one stands in for a missing action, so the rest can be checked: it requires the least. */
const ACTIONS = ["forwardTo", "redirect", "delegate", "directResponse"] as const;

const routeName = plainText((value, context) => {
  if (!/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/.test(value)) {
    raise(context, "MW0110", {
      found: value,
      expected: "a name of letters, digits, hyphens, dots and underscores, at most 63",
      example: "checkout",
    });
  }
});

const routeSchema: z.ZodType<Route> = fields({
  name: routeName,
  labels: plainLabels.default({}),
  matchers: z.array(matcherSchema).default([]),
  forwardTo: forwardSchema.optional(),
  redirect: redirectSchema.optional(),
  directResponse: directResponseSchema.optional(),
  delegate: delegateSchema.optional(),
  policies: policiesSchema,
}).transform((args, context): Route => {
  choose(args, ACTIONS, context);
  const action = args.forwardTo ??
    args.redirect ??
    args.directResponse ??
    args.delegate ?? { kind: "forward", destinations: [] };
  return { name: args.name, labels: args.labels, matchers: args.matchers, action, policies: args.policies };
});

const forwardConnectionsSchema = fields({ destinations: someOf(destinationSchema, 100) });

/** Envoy compares server names in lower case. */
const sniHost = text(dottedHostRule("first-label")).transform((host) => host.toLowerCase());

function connectionRouteSchema(matchers: z.ZodType<readonly ConnectionMatcher[]>): z.ZodType<ConnectionRoute> {
  return fields({ name: routeName, matchers, forwardTo: forwardConnectionsSchema }).transform(
    ({ name, matchers, forwardTo }) => ({ name, matchers, destinations: forwardTo.destinations }),
  );
}

const tcpRouteSchema = connectionRouteSchema(z.array(fields({ port: port.optional() })).default([]));

const tlsRouteSchema = connectionRouteSchema(someOf(fields({ sniHosts: someOf(sniHost), port: port.optional() })));

function someRoutes(field: string) {
  return (routes: readonly unknown[], context: z.core.$RefinementCtx<unknown>): void => {
    if (routes.length === 0) raise(context, "MW0201", { field });
  };
}

export const routeTableSchema: z.ZodType<RouteTable> = fields({
  fleet: reference("Fleet"),
  workspace: workspaceReference.optional(),
  namespace: plainText(dnsLabel).optional(),
  labels: plainLabels.default({}),
  hosts: z.array(text(dottedHostRule("first-label"))).default([]),
  virtualGateways: z.array(reference("VirtualGateway")).default([]),
  sidecars: sidecarsSchema.optional(),
  http: z.array(routeSchema).superRefine(someRoutes("http")).optional(),
  tls: z.array(tlsRouteSchema).superRefine(someRoutes("tls")).optional(),
  tcp: z.array(tcpRouteSchema).superRefine(someRoutes("tcp")).optional(),
  weight: plain(
    z
      .int()
      .min(-(2 ** 31))
      .max(2 ** 31 - 1),
  ).default(0),
  defaultDestination: destinationSchema.optional(),
  policies: policiesSchema,
}).transform((table, context) => {
  atLeastOne(table, ["http", "tls", "tcp"], context);
  return { ...table, http: table.http ?? [], tls: table.tls ?? [], tcp: table.tcp ?? [] };
});

export const routeTableKind = {
  section: "routeTables",
  schema: routeTableSchema,
  patterns: ({ http }) => http.flatMap(routePatterns),
} as const satisfies KindDefinition<RouteTable>;
