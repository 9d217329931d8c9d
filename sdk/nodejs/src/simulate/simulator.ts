import { memoize } from "../memo/memo.js";
import type { Plan } from "../plan/types.js";
import { type Proxies, proxiesOf } from "./bound-listener.js";
import { chooseProxies } from "./choose-proxies.js";
import { conditionsOf } from "./condition.js";
import type { Decision, Unanswered } from "./decision.js";
import type { ConditionsOf } from "./envoy-route.js";
import { type Finders, GatewayEvaluation } from "./gateway-evaluation.js";
import { PodAccess } from "./pod-access.js";
import { Guards } from "./pod-authorization.js";
import { portOf, type Question } from "./request.js";
import { ClusterSidecars, SidecarEvaluation } from "./sidecar-evaluation.js";
import { localitiesOf, TargetResolver } from "./targets.js";
import type { Trace } from "./trace.js";
import { traceOf } from "./tracing.js";

/** The outcome of a request or a connection, and its explanation. Plain JSON. */
export interface Simulation {
  /** The cluster in which the request arrives; absent if that is ambiguous. */
  readonly cluster?: string;
  readonly decision: Decision;
  /** Absent with `trace: false`. */
  readonly trace?: Trace;
}

/** Options of a simulation. */
export interface SimulateOptions {
  /** Explains the decision. Default true; without it a simulation takes microseconds. */
  readonly trace?: boolean;
}

/** One cluster, prepared for evaluation. */
interface Cluster {
  readonly name: string;
  readonly proxies: readonly Proxies[];
  readonly sidecars: ClusterSidecars;
  /** Resolvers of route targets; each target is resolved once. */
  readonly finders: Finders;
  readonly pods: PodAccess;
}

/** Predicts what Envoy, configured by Istio, does with requests. Reads the plan once. */
export class Simulator {
  readonly #clusters: ReadonlyMap<string, Cluster>;

  constructor(plan: Plan) {
    const conditions: ConditionsOf = memoize(conditionsOf);
    const localities = localitiesOf(plan);
    const guards = new Guards(plan);
    this.#clusters = new Map(
      plan.clusters.map((cluster): [string, Cluster] => {
        const resolver = new TargetResolver(cluster, localities.get(cluster.cluster));
        const finders: Finders = {
          targets: (action, authority) => resolver.targetsOf(action, authority),
          connectionTargets: (planned) => resolver.connectionTargetsOf(planned),
        };
        const proxies = proxiesOf(cluster, conditions);
        const sidecars = new ClusterSidecars(cluster, conditions);
        const pods = new PodAccess(guards, cluster);
        return [cluster.cluster, { name: cluster.cluster, proxies, sidecars, finders, pods }];
      }),
    );
  }

  /**
   * Returns the clusters in which a request can arrive: the ones that have its gateway, otherwise those where a gateway
   * has its port, otherwise those with gateways. For a caller with a sidecar, the ones with tables for its namespace,
   * otherwise all.
   */
  clustersFor(request: Question): readonly string[] {
    const { cluster, gateway, sidecar } = request.from ?? {};
    if (sidecar !== undefined) {
      const every = [...this.#clusters.values()].filter(({ name }) => cluster === undefined || cluster === name);
      const own = every.filter(({ sidecars }) =>
        sidecars.tables.some((table) => table.sidecars.namespace === sidecar.namespace),
      );
      return (own.length > 0 ? own : every).map(({ name }) => name);
    }
    const all = [...this.#clusters.values()].filter(
      ({ name, proxies }) => proxies.length > 0 && (cluster === undefined || cluster === name),
    );
    const port = portOf(request);
    const fitting = all.filter(({ proxies }) =>
      proxies.some(({ gateways, boundListeners }) =>
        gateway === undefined ? boundListeners.has(port) : gateways.some(({ maker }) => maker.name === gateway),
      ),
    );
    return (fitting.length > 0 ? fitting : all).map(({ name }) => name);
  }

  /** Simulates a request or a connection. */
  simulate(request: Question, options: SimulateOptions = {}): Simulation {
    const cluster = this.#clusterOf(request);
    if ("kind" in cluster) return { decision: cluster };
    const { name } = cluster;
    const caller = request.from?.sidecar;
    if (caller !== undefined) {
      const evaluation = new SidecarEvaluation(cluster.sidecars, cluster.finders, request, caller);
      const decision = cluster.pods.judged(evaluation.decide(), request, caller);
      return { cluster: name, decision, ...(options.trace !== false && { trace: evaluation.trace(decision) }) };
    }
    const proxies = chooseProxies(cluster.proxies, request);
    if ("kind" in proxies) return { cluster: name, decision: proxies };
    const evaluation = new GatewayEvaluation(request);
    const [{ namespace } = { namespace: "" }] = proxies.gateways;
    const decision = cluster.pods.judged(evaluation.decide(proxies, cluster.finders), request, { namespace });
    if (options.trace === false) return { cluster: name, decision };
    return { cluster: name, decision, trace: traceOf(evaluation) };
  }

  /** Simulates a request or a connection; if it names no cluster, in every cluster in which it can arrive. */
  simulateEverywhere(request: Question): readonly Simulation[] {
    const clusters = request.from?.cluster === undefined ? this.clustersFor(request) : [];
    if (clusters.length === 0) return [this.simulate(request)];
    return clusters.map((cluster) => this.simulate({ ...request, from: { ...request.from, cluster } }));
  }

  #clusterOf(request: Question): Cluster | Unanswered {
    const wanted = request.from?.cluster;
    if (wanted !== undefined) {
      const candidates = [...this.#clusters.keys()];
      return this.#clusters.get(wanted) ?? { kind: "unanswered", reason: "unknownCluster", candidates };
    }
    const candidates = this.clustersFor(request);
    const only = candidates.length === 1 ? this.#clusters.get(candidates[0] ?? "") : undefined;
    const reason = candidates.length === 0 ? "unknownGateway" : "severalClusters";
    return only ?? { kind: "unanswered", reason, candidates };
  }
}
