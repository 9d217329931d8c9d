import { AssertionError } from "node:assert";
import type { RoutePolicyKind } from "../kinds/kinds.js";
import type { ConnectionTarget, Decision, Target } from "../simulate/decision.js";
import { describeSimulations } from "../simulate/describe.js";
import { describeDecision } from "../simulate/describe-decision.js";
import { type RequestOptions, readQuestion } from "../simulate/read-request.js";
import type { Question } from "../simulate/request.js";
import type { Simulation } from "../simulate/simulator.js";
import type { Routes } from "./routes.js";

/** Expected properties of one of the targets that a request may reach. */
export interface TargetWanted {
  /** Labels of the subset. */
  readonly subset?: Readonly<Record<string, string>>;
  /** Percentage of requests. */
  readonly share?: number;
  readonly port?: number;
}

/** A request and its expected outcome, in every cluster that has the gateway unless `inCluster` names one. */
export class RouteExpectation {
  readonly #routes: Routes;
  readonly #asked: { readonly method: string; readonly url: string };
  readonly #options: RequestOptions;

  constructor(routes: Routes, asked: { readonly method: string; readonly url: string }, options: RequestOptions = {}) {
    this.#routes = routes;
    this.#asked = asked;
    this.#options = options;
  }

  /** Adds a header; the same name may be added several times. */
  withHeader(name: string, value: string): RouteExpectation {
    return this.#with({ header: [...(this.#options.header ?? []), `${name}: ${value}`] });
  }

  /** Sets the virtual gateway that the request arrives at. */
  from(gateway: string): RouteExpectation {
    return this.#with({ from: gateway });
  }

  /**
   * Sends the request from a pod with a sidecar: its namespace, its labels, and its service account if access policies
   * require it.
   */
  fromSidecar(
    namespace: string,
    labels: Readonly<Record<string, string>> = {},
    serviceAccount?: string,
  ): RouteExpectation {
    const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
    const from = `sidecar:${namespace}${pairs.length === 0 ? "" : `/${pairs.join(",")}`}`;
    return this.#with({ from, ...(serviceAccount !== undefined && { serviceAccount }) });
  }

  /** Sets the IP address of the gateway's client, if access policies require it. */
  fromAddress(address: string): RouteExpectation {
    return this.#with({ address });
  }

  /** Sets the cluster that the request arrives in. */
  inCluster(cluster: string): RouteExpectation {
    return this.#with({ cluster });
  }

  #with(options: RequestOptions): RouteExpectation {
    return new RouteExpectation(this.#routes, this.#asked, { ...this.#options, ...options });
  }

  /**
   * Expects requests or connections to reach this virtual destination, external service or Service, all of them or a
   * share, without being rejected there by an access policy.
   */
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

  /**
   * Expects a response that comes from no application: a direct response, a fault injected into every request, a CSRF
   * rejection, or the 403 of an access policy, from the gateway or from the pods of all targets.
   */
  toAnswer(status: number, body?: string): Reached {
    return this.#expect(
      `to be answered with ${status}${body === undefined ? "" : ` and ${JSON.stringify(body)}`}`,
      (decision) =>
        isAnswered(decision, status, body) || (status === 403 && body === undefined && isRefusedByPods(decision)),
    );
  }

  /**
   * Expects the gateway to answer the preflight request of a page of this origin itself, and to permit what it asks.
   */
  toPermit(origin: string): Reached {
    return this.#expect(
      `to be permitted to ${origin}`,
      (decision) => decision.kind === "preflight" && decision.headers["access-control-allow-origin"] === origin,
    );
  }

  /** Expects that no table routes what a pod with a sidecar sends: it goes where its host leads. */
  toBeUnrouted(): void {
    this.#expect("to be routed by no table", (decision) => decision.kind === "unrouted");
  }

  /** Expects a 404 from the gateway: no table has the host, or no route takes the request. */
  toBeNotFound(): void {
    this.#expect("not to be found", (decision) => decision.kind === "notFound");
  }

  /**
   * Expects the connection to fail: no listener has the port or the server name, or it speaks another protocol, or an
   * access policy of the gateway denies everyone.
   */
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

/** A request and its simulated outcomes. */
interface Outcome {
  readonly request: Question;
  readonly simulations: readonly Simulation[];
}

/** Further expectations of a request that met the first one. */
export class Reached {
  readonly #outcome: Outcome;

  constructor(outcome: Outcome) {
    this.#outcome = outcome;
  }

  /**
   * Expects that these delegating routes, each as `TABLE/ROUTE`, lead to the route that took the request; none for a
   * route of the gateway's own table.
   */
  throughRoutes(...routes: readonly string[]): this {
    return this.#expect(
      routes.length === 0 ? "to take a route that no other delegates to" : `to come through ${routes.join(" > ")}`,
      (decision) => {
        const through = ("route" in decision && decision.through) || [];
        return through.map(({ table, route }) => `${table}/${route}`).join() === routes.join();
      },
    );
  }

  /** Expects that this route took the request, by its name in its own table. */
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

function isAnswered(decision: Decision, status: number, body: string | undefined): boolean {
  const isAnswer = decision.kind === "direct" || decision.kind === "aborted" || decision.kind === "denied";
  return isAnswer && decision.status === status && (body === undefined || (decision.body ?? "") === body);
}

function isRefusedByPods(decision: Decision): boolean {
  return decision.kind === "forward" && decision.targets.every(({ access }) => access?.verdict === "refused");
}

function targetsOf(decision: Decision): readonly (Target | ConnectionTarget)[] {
  return decision.kind === "forward" || decision.kind === "passed" ? decision.targets : [];
}

function fits(target: ConnectionTarget, name: string, wanted: TargetWanted): boolean {
  const { destination, subset, share, port, access } = target;
  if (destination.name !== name || access?.verdict === "refused") return false;
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
