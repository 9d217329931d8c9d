/** Evaluates a request against a gateway's tables in the simplest way: no index, no cache, no RE2. */
import type { Matcher, UriMatch, ValueMatch } from "../../sdk/nodejs/src/model/match.js";
import { normalizePath } from "../../sdk/nodejs/src/model/normalize-path.js";
import type { Plan, PlannedRouteTable } from "../../sdk/nodejs/src/plan/types.js";
import type { Request } from "../../sdk/nodejs/src/simulate/request.js";

/** Returns the table, route and matcher that take a request; `404` if none does, `400` if the path is refused. */
export function referenceAnswer(plan: Plan, request: Request): string {
  const [target = "", ...query] = request.path.split("?");
  const path = normalizePath(target);
  if (path === undefined) return "400";
  const tables = plan.clusters.flatMap(({ routeTables }) => routeTables).filter((table) => isWritten(table, request));
  const table = tables
    .filter(({ hosts: [host = ""] }) => standsFor(host, request.host ?? ""))
    .sort((a, b) => rank(b) - rank(a))[0];
  for (const route of table?.routes ?? []) {
    const index = route.matchers.findIndex((matcher) => takes(matcher, { ...request, path, query: query.join("?") }));
    if (index < 0) continue;
    const isAny = route.matchers.some((matcher) => isEmpty(matcher));
    return `${table?.maker.name}/${route.name}/${isAny ? "" : index}`;
  }
  return "404";
}

function isWritten({ routes }: PlannedRouteTable, { port }: Request): boolean {
  return routes.some(({ matchers }) =>
    matchers.some((each) => isEmpty(each) || each.port === undefined || each.port === port),
  );
}

function isEmpty(matcher: Matcher): boolean {
  const { uri, headers, queryParameters, method, port } = matcher;
  return [uri, method, port, ...headers, ...queryParameters].every((condition) => condition === undefined);
}

function standsFor(host: string, name: string): boolean {
  if (host === "*" || host === name) return true;
  return host.startsWith("*.") && name.endsWith(host.slice(1)) && name.length > host.length - 1;
}

function rank({ hosts: [host = ""] }: PlannedRouteTable): number {
  return host.startsWith("*") ? host.length : 1000;
}

type Seen = Request & { readonly query: string };

function takes({ uri, headers, queryParameters, method, port }: Matcher, request: Seen): boolean {
  if (uri !== undefined && !fitsPath(uri, request.path)) return false;
  if (method !== undefined && method !== request.method) return false;
  if (port !== undefined && port !== request.port) return false;
  for (const { name, match, invert } of headers) {
    const values = (request.headers ?? []).filter(([sent]) => sent.toLowerCase() === name).map(([, value]) => value);
    if (values.length === 0 && invert && match.kind !== "present") values.push("");
    if (values.some((each) => fits(match, each)) === invert) return false;
  }
  return queryParameters.every(({ name, match }) => {
    const pairs = request.query.split("&").filter((pair) => pair !== "");
    const found = pairs.find((pair) => pair === name || pair.startsWith(`${name}=`));
    return found !== undefined && fits(match, found.slice(name.length + 1));
  });
}

function fitsPath({ kind, value, ignoreCase }: UriMatch, path: string): boolean {
  const lower = (text: string) => (ignoreCase === true ? text.toLowerCase() : text);
  if (kind === "regex") return new RegExp(`^(?:${value})$`).test(path);
  return kind === "exact" ? lower(path) === lower(value) : lower(path).startsWith(lower(value));
}

function fits(match: ValueMatch, value: string): boolean {
  if (match.kind === "present") return true;
  return match.kind === "exact" ? value === match.value : new RegExp(`^(?:${match.value})$`).test(value);
}
