/** Compares a decision of the simulator with Envoy's behavior. */
import type { Decision, Forward, Taken, Target } from "../../../sdk/nodejs/src/simulate/decision.js";
import { receivedHeaders } from "../../../sdk/nodejs/src/simulate/headers.js";
import type { Request } from "../../../sdk/nodejs/src/simulate/request.js";
import { asBytes } from "../wire/message.js";
import type { Answer } from "./answer.js";
import { addressesOf } from "./backends.js";

/** Returns the differences between the two; empty if they agree. */
export function differences(request: Request, decision: Decision, answer: Answer): readonly string[] {
  switch (decision.kind) {
    case "forward":
      return forwardDifferences(request, decision, answer);
    case "redirect":
      return [
        ...differ("status", decision.status, answer.status),
        ...differ("route", decision.route === undefined ? undefined : routeName(decision), answer.route),
        ...differ("location", asBytes(decision.location), answer.location),
      ];
    case "direct":
      return [
        ...differ("status", decision.status, answer.status),
        ...differ("route", routeName(decision), answer.route),
        ...differ(
          "location",
          decision.location === undefined ? undefined : asBytes(decision.location),
          answer.location,
        ),
        ...differ("body", decision.body, answer.body),
      ];
    case "aborted":
    case "denied":
      // filters before the router answer without the route's headers, and so without its name
      return [...differ("status", decision.status, answer.status), ...differ("body", decision.body, answer.body)];
    case "preflight":
      return [
        ...differ("status", decision.status, answer.status),
        ...differ("permission", JSON.stringify(decision.headers), JSON.stringify(answer.permission)),
      ];
    case "rejected":
      // Envoy may add the route's headers even so, so the route's name means nothing here
      return [
        ...differ("status", decision.status, answer.status),
        ...differ(
          "body",
          undefined,
          answer.body === "Bad Request" && decision.status === 400 ? undefined : answer.body,
        ),
      ];
    case "notFound":
      return [...differ("status", decision.status, answer.status), ...differ("route", undefined, answer.route)];
    case "passed":
    case "unrouted":
    case "refused":
    case "unanswered":
      return [`decision: ${JSON.stringify(decision)}, but Envoy answers ${answer.status}`];
  }
}

function forwardDifferences(request: Request, decision: Forward, { status, route, seen }: Answer): readonly string[] {
  // a target without an endpoint can't answer
  const isEmpty = decision.targets.some((target) => addressesOf(target).size === 0);
  if (status === 503 && seen === undefined && isEmpty) return [];
  if (seen === undefined) return [`status: forwarded, but Envoy answers ${status} directly`];
  const host = valuesOf(seen.headers, "host").join();
  const able = decision.targets.filter((target) => target.share !== 0 && addressesOf(target).has(seen.at));
  return [
    ...differ("route", routeName(decision), route),
    ...(able.length > 0 ? [] : [`backend: one of ${allAddresses(decision.targets)}, but it reaches ${seen.at}`]),
    ...(able.length === 0 || able.some(({ hostHeader }) => asBytes(hostHeader) === host)
      ? []
      : [`Host: ${able.map(({ hostHeader }) => hostHeader).join(" or ")}, but it is ${host}`]),
    ...differ("method", request.method ?? "GET", seen.method),
    ...differ("path", asBytes(decision.path), seen.path),
    ...headerDifferences(request, decision, seen.headers),
  ];
}

/** Headers that Envoy sets, whatever the client sends. */
const WRITTEN: ReadonlySet<string> = new Set([
  ...["host", "x-forwarded-for", "x-forwarded-proto", "x-request-id", "x-envoy-external-address"],
  ...[
    "content-length",
    "transfer-encoding",
    "x-envoy-internal",
    "x-envoy-attempt-count",
    "x-envoy-decorator-operation",
    "x-envoy-expected-rq-timeout-ms",
    "x-envoy-original-path",
    "x-envoy-original-host",
  ],
]);

/** Compares headers: the ones that matchers saw are forwarded, with the changes of a policy. */
function headerDifferences(
  request: Request,
  { policies, changedHeaders = {} }: Forward,
  found: readonly (readonly [string, string])[],
): readonly string[] {
  const as = { authority: request.host ?? "", scheme: request.scheme };
  const received = new Map(receivedHeaders(request.headers ?? [], as));
  const { remove = [], set = {}, append = {} } = policies?.HeaderManipulationPolicy?.value.request ?? {};
  for (const [name, values] of Object.entries(changedHeaders)) received.set(name, values);
  for (const name of remove) received.delete(name);
  // Envoy computes all values before it writes the first, and writes no empty one
  const before = new Map(received);
  const written = (values: Readonly<Record<string, string>>) =>
    Object.entries(values)
      .map(([name, value]) => [name, formatted(value, before)] as const)
      .filter(([, value]) => value !== "");
  for (const [name, value] of written(set)) received.set(name, [value]);
  for (const [name, value] of written(append)) received.set(name, [...(received.get(name) ?? []), value]);
  const names = new Set([...received.keys(), ...found.map(([name]) => name.toLowerCase())]);
  return [...names]
    .filter((name) => !WRITTEN.has(name))
    .flatMap((name) =>
      differ(`header ${name}`, list((received.get(name) ?? []).map(asBytes)), list(valuesOf(found, name))),
    );
}

/** A value with the operators that the generator writes. */
function formatted(value: string, headers: ReadonlyMap<string, readonly string[]>): string {
  const first = (name: string | undefined): string | undefined => headers.get(name ?? "")?.[0];
  return value.replace(/%%|%REQ\(([^?)]+)(?:\?([^)]+))?\)%/g, (found, name?: string, other?: string) =>
    found === "%%" ? "%" : (first(name) ?? first(other) ?? ""),
  );
}

function list(values: readonly string[]): string | undefined {
  return values.length === 0 ? undefined : JSON.stringify(values);
}

function valuesOf(headers: readonly (readonly [string, string])[], name: string): string[] {
  return headers.filter(([written]) => written.toLowerCase() === name).map(([, value]) => value);
}

function allAddresses(targets: readonly Target[]): string {
  return targets.flatMap((target) => [...addressesOf(target)]).join(", ") || "none";
}

function routeName({ table, route, through = [], matcher }: Partial<Taken>): string {
  const names = [...through, { table, route }].map((each) => `${each.table}/${each.route}`);
  return `${names.join("/")}${matcher === undefined ? "" : `.m${matcher}`}`;
}

function differ(what: string, simulated: unknown, real: unknown): readonly string[] {
  return simulated === real ? [] : [`${what}: ${text(simulated)}, but it is ${text(real)}`];
}

function text(value: unknown): string {
  return value === undefined ? "none" : String(value);
}
