/** Compares the simulator's prediction for a request with the real answer. */
import assert from "node:assert/strict";
import type { Decision, Routes, Target } from "../../../sdk/nodejs/src/testing.js";
import type { Answer, Echo, HttpCall } from "../../lab/data-plane/app/messages.js";

/** The address that a request is sent to. */
export interface Door {
  readonly cluster: string;
  readonly gateway: string;
}

/** The fields that distinguish answers; omitted ones are not compared. */
export interface Wanted {
  readonly status?: number;
  readonly body?: string;
  readonly location?: string;
  /** The pod that answered. */
  readonly pod?: string;
  /** Path and Host header that the pod saw. */
  readonly path?: string;
  readonly host?: string;
}

/** Returns the answer in the terms of tests. */
export function seenIn({ status, body, headers, echo }: Answer): Wanted {
  const location = headers["location"];
  if (echo === undefined) return { status, body, ...(location !== undefined && { location }) };
  return { status, pod: echo.pod, host: headerOf(echo, "host"), ...(echo.path !== undefined && { path: echo.path }) };
}

/** Returns the value of a header that a pod saw. */
export function headerOf({ headers }: Echo, wanted: string): string {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? "";
}

/** Fails unless the answer has all expected fields. */
export function assertSeen(answer: Answer, wanted: Wanted): void {
  const seen: Readonly<Record<string, unknown>> = { ...seenIn(answer) };
  const found = Object.fromEntries(Object.keys(wanted).map((key) => [key, seen[key]]));
  assert.deepEqual(found, wanted, JSON.stringify(answer));
}

/** Fails unless the simulator predicts this answer to this call. */
export function assertPredicted(routes: Routes, door: Door, call: Omit<HttpCall, "kind">, answer: Answer): void {
  const { protocol, host } = new URL(call.url);
  const written = call.url.slice(protocol.length + 2);
  const slash = written.indexOf("/");
  const headers = call.headers ?? [];
  const own = headers.find(([name]) => name.toLowerCase() === "host")?.[1];
  const [simulation] = routes.ask({
    from: door,
    scheme: protocol === "https:" ? "https" : "http",
    host: own ?? host,
    port: Number(new URL(call.url).port || (protocol === "https:" ? 443 : 80)),
    path: slash < 0 ? "/" : written.slice(slash),
    method: call.method ?? "GET",
    headers: headers.filter(([name]) => name.toLowerCase() !== "host"),
  });
  assert.ok(simulation);
  const { decision } = simulation;
  const message = `predicted ${JSON.stringify(decision)}, came ${JSON.stringify(answer)}`;
  assert.ok(agree(decision, answer), message);
}

function agree(decision: Decision, answer: Answer): boolean {
  const { status, body, headers, echo } = answer;
  switch (decision.kind) {
    case "forward":
      return echo !== undefined && echo.path === decision.path && decision.targets.some((each) => reached(each, echo));
    case "passed":
    case "unrouted":
      return echo !== undefined && decision.targets.some((each) => isReached(each, echo));
    case "redirect":
      return status === decision.status && headers["location"] === decision.location;
    case "direct":
    case "aborted":
    case "denied":
      return status === decision.status && body === (decision.body ?? "");
    case "preflight":
      return status === 200 && Object.entries(decision.headers).every(([name, value]) => headers[name] === value);
    case "notFound":
    case "rejected":
      return status === decision.status && echo === undefined;
    case "refused":
      return status === 0;
    case "unanswered":
      return false;
  }
}

/** Returns true if an echo can come from this target. */
function reached(target: Target, echo: Echo): boolean {
  return headerOf(echo, "host") === target.hostHeader && isReached(target, echo);
}

function isReached({ subset, endpoints }: Omit<Target, "hostHeader">, echo: Echo): boolean {
  return carries(echo, subset?.labels ?? {}) && endpoints.some((endpoint) => isAt(endpoint, echo));
}

function isAt(endpoint: Target["endpoints"][number], echo: Echo): boolean {
  switch (endpoint.kind) {
    case "pods":
      return endpoint.cluster === echo.cluster && endpoint.port === echo.port && carries(echo, endpoint.labels);
    case "external":
      return echo.cluster === "" && endpoint.port === echo.port;
    case "eastWestGateway":
    case "service":
      return endpoint.cluster === echo.cluster;
  }
}

function carries({ labels }: Echo, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([name, value]) => labels[name] === value);
}
