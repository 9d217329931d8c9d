import type { Plan } from "../plan/types.js";
import type { TargetsOf } from "./answer.js";
import { chooseProxies } from "./choose-proxies.js";
import type { Decision, Unanswered } from "./decision.js";
import { type Proxies, proxiesOf } from "./door.js";
import type { ConditionCache } from "./entry.js";
import { Passage } from "./passage.js";
import { portOf, type Request } from "./request.js";
import { localitiesOf, TargetResolver } from "./targets.js";
import type { Trace } from "./trace.js";
import { traceOf } from "./tracing.js";

/** What becomes of a request, and why. Plain JSON. */
export interface Simulation {
  /** The cluster in which the request arrives; absent where that is not clear. */
  readonly cluster?: string;
  readonly decision: Decision;
  /** Absent with `trace: false`. */
  readonly trace?: Trace;
}

/** How to simulate. */
export interface SimulateOptions {
  /** Whether to tell how the decision came about. Default true; without it a simulation takes microseconds. */
  readonly trace?: boolean;
}

/** One cluster, made ready. */
interface Cluster {
  readonly name: string;
  readonly proxies: readonly Proxies[];
  /** The targets of a route, resolved once. */
  readonly targets: TargetsOf;
}

/** Predicts what Envoy, under Istio, does with requests. Reads the plan once. */
export class Simulator {
  readonly #clusters: ReadonlyMap<string, Cluster>;

  constructor(plan: Plan) {
    const cache: ConditionCache = new WeakMap();
    const localities = localitiesOf(plan);
    this.#clusters = new Map(
      plan.clusters.map((cluster): [string, Cluster] => {
        const resolver = new TargetResolver(cluster, localities.get(cluster.cluster));
        const targets: TargetsOf = (action, authority) => resolver.targetsOf(action, authority);
        return [cluster.cluster, { name: cluster.cluster, proxies: proxiesOf(cluster, cache), targets }];
      }),
    );
  }

  /** The clusters in which a request can arrive: those that have its gateway, else those where a gateway has its port, else those with gateways. */
  clustersFor({ from, ...request }: Request): readonly string[] {
    const { cluster, gateway } = from ?? {};
    const all = [...this.#clusters.values()].filter(
      ({ name, proxies }) => proxies.length > 0 && (cluster === undefined || cluster === name),
    );
    const port = portOf(request);
    const fitting = all.filter(({ proxies }) =>
      proxies.some(({ gateways, doors }) =>
        gateway === undefined ? doors.has(port) : gateways.some(({ maker }) => maker.name === gateway),
      ),
    );
    return (fitting.length > 0 ? fitting : all).map(({ name }) => name);
  }

  /** What becomes of a request. */
  simulate(request: Request, options: SimulateOptions = {}): Simulation {
    const cluster = this.#clusterOf(request);
    if ("kind" in cluster) return { decision: cluster };
    const { name } = cluster;
    const proxies = chooseProxies(cluster.proxies, request);
    if ("kind" in proxies) return { cluster: name, decision: proxies };
    const passage = new Passage(request);
    const decision = passage.decide(proxies, cluster.targets);
    if (options.trace === false) return { cluster: name, decision };
    return { cluster: name, decision, trace: traceOf(passage) };
  }

  #clusterOf(request: Request): Cluster | Unanswered {
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
