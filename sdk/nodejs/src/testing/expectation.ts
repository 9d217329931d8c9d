import { AssertionError } from "node:assert";
import { type RequestOptions, readQuestion } from "../cli/read-request.js";
import type { RoutePolicyKind } from "../model/policy.js";
import type { ConnectionTarget, Decision, Target } from "../simulate/decision.js";
import { describeSimulations } from "../simulate/describe.js";
import { describeDecision } from "../simulate/describe-decision.js";
import type { Question } from "../simulate/request.js";
import type { Simulation } from "../simulate/simulator.js";
import type { Routes } from "./routes.js";

/** What is asked of one of the targets that a request may reach. */
export interface TargetWanted {
  /** Labels of the subset. */
  readonly subset?: Readonly<Record<string, string>>;
  /** Percent of the requests. */
  readonly share?: number;
  readonly port?: number;
}

/** A request, and what is expected of it. Without `inCluster` it is expected in every cluster that has the gateway. */
export class RouteExpectation {
  readonly #routes: Routes;
  readonly #asked: { readonly method: string; readonly url: string };
  readonly #options: RequestOptions;

  constructor(routes: Routes, asked: { readonly method: string; readonly url: string }, options: RequestOptions = {}) {
    this.#routes = routes;
    this.#asked = asked;
    this.#options = options;
  }

  /** Adds a header; one name may be added several times. */
  withHeader(name: string, value: string): RouteExpectation {
    return this.#with({ header: [...(this.#options.header ?? []), `${name}: ${value}`] });
  }

  /** The virtual gateway at which the request arrives. */
  from(gateway: string): RouteExpectation {
    return this.#with({ from: gateway });
  }

  /** A pod with a sidecar that sends the request: its namespace and its labels. */
  fromSidecar(namespace: string, labels: Readonly<Record<string, string>> = {}): RouteExpectation {
    const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
    return this.#with({ from: `sidecar:${namespace}${pairs.length === 0 ? "" : `/${pairs.join(",")}`}` });
  }

  /** The cluster in which the request arrives. */
  inCluster(cluster: string): RouteExpectation {
    return this.#with({ cluster });
  }

  #with(options: RequestOptions): RouteExpectation {
    return new RouteExpectation(this.#routes, this.#asked, { ...this.#options, ...options });
  }

  /** Expects that requests or connections reach this virtual destination, external service or Service, all of them or a share. */
  toReach(destination: string, wanted: TargetWanted = {}): Reached {
    return this.#expect(`to reach ${destination}${describeWanted(wanted)}`, (decision) =>
      targetsOf(decision).some((target) => fits(target, destination, wanted)),
    );
  }

  /** Expects a redirect to this URL. */
  toRedirectTo(url: string, status?: number): Reached {
    return this.#expect(
      `to be sent to ${url}${status === undefined ? "" : ` with ${status}`}`,
      (decision) =>
        decision.kind === "redirect" &&
        decision.location === url &&
        (status === undefined || decision.status === status),
    );
  }

  /** Expects that the gateway answers by itself: a direct response, a fault that is injected into every request, or the refusal of a forged one. */
  toAnswer(status: number, body?: string): Reached {
    return this.#expect(
      `to be answered with ${status}${body === undefined ? "" : ` and ${JSON.stringify(body)}`}`,
      (decision) =>
        (decision.kind === "direct" || decision.kind === "aborted") &&
        decision.status === status &&
        (body === undefined || (decision.body ?? "") === body),
    );
  }

  /** Expects that the gateway answers a preflight request of a page of this origin by itself, and permits what it asks. */
  toPermit(origin: string): Reached {
    return this.#expect(
      `to be permitted to ${origin}`,
      (decision) => decision.kind === "preflight" && decision.headers["access-control-allow-origin"] === origin,
    );
  }

  /** Expects that no table takes what a pod with a sidecar sends: it goes where its host leads. */
  toBeUnrouted(): void {
    this.#expect("to be routed by no table", (decision) => decision.kind === "unrouted");
  }

  /** Expects a 404 of the gateway: no table has the host, or no route takes the request. */
  toBeNotFound(): void {
    this.#expect("not to be found", (decision) => decision.kind === "notFound");
  }

  /** Expects that the connection fails: no listener has the port or the server name, or it speaks something else. */
  toBeRefused(): void {
    this.#expect("to be refused", (decision) => decision.kind === "refused");
  }

  #expect(expected: string, isMet: (decision: Decision) => boolean): Reached {
    const request = readQuestion(this.#asked.method, this.#asked.url, this.#options);
    if (typeof request === "string") throw new AssertionError({ message: request });
    const simulations = this.#routes.ask(request);
    verify({ request, simulations }, expected, isMet);
    return new Reached({ request, simulations });
  }
}

/** A request and what becomes of it. */
interface Outcome {
  readonly request: Question;
  readonly simulations: readonly Simulation[];
}

/** What else may be expected of a request that ended as expected. */
export class Reached {
  readonly #outcome: Outcome;

  constructor(outcome: Outcome) {
    this.#outcome = outcome;
  }

  /** Expects that this route took the request. */
  viaRoute(route: string, table?: string): this {
    return this.#expect(
      `to take the route ${table === undefined ? "" : `${table}/`}${route}`,
      (decision) =>
        "route" in decision && decision.route === route && (table === undefined || decision.table === table),
    );
  }

  /** Expects this path and query of the forwarded request. */
  withPath(path: string): this {
    return this.#expect(
      `to be forwarded with the path ${path}`,
      (decision) => decision.kind === "forward" && decision.path === path,
    );
  }

  /** Expects this Host header of the forwarded request, at every target. */
  withHost(host: string): this {
    return this.#expect(
      `to be forwarded with the host ${host}`,
      (decision) => decision.kind === "forward" && decision.targets.every(({ hostHeader }) => hostHeader === host),
    );
  }

  /** Expects that this policy is in force: its kind, such as `RetryTimeoutPolicy`, and its name. */
  underPolicy(kind: RoutePolicyKind, name: string): this {
    return this.#expect(
      `to be under ${kind} ${name}`,
      (decision) => "policies" in decision && decision.policies?.[kind]?.name === name,
    );
  }

  /** Expects that no policy of this kind is in force. */
  underNoPolicy(kind: RoutePolicyKind): this {
    return this.#expect(
      `to be under no ${kind}`,
      (decision) => !("policies" in decision) || decision.policies?.[kind] === undefined,
    );
  }

  #expect(expected: string, isMet: (decision: Decision) => boolean): this {
    verify(this.#outcome, expected, isMet);
    return this;
  }
}

function verify({ request, simulations }: Outcome, expected: string, isMet: (decision: Decision) => boolean): void {
  const wrong = simulations.find(({ decision }) => !isMet(decision));
  if (wrong === undefined) return;
  const where = wrong.cluster === undefined ? "" : ` in cluster ${wrong.cluster}`;
  const message = `expected the request ${expected}${where}, found: ${describeDecision(wrong.decision)}`;
  throw new AssertionError({
    message: `${message}\n\n${describeSimulations(request, [wrong])}`,
    actual: wrong.decision,
    expected,
    operator: "expectRoute",
  });
}

function targetsOf(decision: Decision): readonly (Target | ConnectionTarget)[] {
  return decision.kind === "forward" || decision.kind === "passed" ? decision.targets : [];
}

function fits({ destination, subset, share, port }: ConnectionTarget, name: string, wanted: TargetWanted): boolean {
  if (destination.name !== name) return false;
  if (wanted.share !== undefined && (share === undefined || Math.abs(share - wanted.share) > 1e-6)) return false;
  if (wanted.port !== undefined && port !== wanted.port) return false;
  return wanted.subset === undefined || sameLabels(subset?.labels ?? {}, wanted.subset);
}

function sameLabels(found: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(wanted);
  return keys.length === Object.keys(found).length && keys.every((key) => found[key] === wanted[key]);
}

function describeWanted({ subset, share, port }: TargetWanted): string {
  const parts = [
    ...(port === undefined ? [] : [`port ${port}`]),
    ...(subset === undefined
      ? []
      : [
          `subset ${Object.entries(subset)
            .map((pair) => pair.join("="))
            .join(",")}`,
        ]),
    ...(share === undefined ? [] : [`a share of ${share}%`]),
  ];
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}
