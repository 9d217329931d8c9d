import { memoize } from "../memo/memo.js";
import { isKnown } from "../model/deferred.js";
import type { Locality } from "../model/fleet.js";
import { carries } from "../model/labels.js";
import { CLUSTER_LABEL } from "../model/topology.js";
import type { PlannedSubset, PlannedTarget } from "../plan/planned-target.js";
import type {
  ClusterPlan,
  Plan,
  PlannedAction,
  PlannedDestination,
  PlannedExternalService,
  PlannedPort,
} from "../plan/types.js";
import type { ConnectionTarget, Destination, Endpoint, Target } from "./decision.js";
import { preferred } from "./preference.js";

/** A target; without `hostHeader` the request keeps its own Host. */
type PreparedTarget = Omit<Target, "hostHeader"> & { readonly hostHeader?: string };

type Forward = Extract<PlannedAction, { readonly kind: "forward" }>;

/** Resolved targets of a route, also cached for recent Host headers. */
interface Prepared {
  readonly targets: readonly PreparedTarget[];
  readonly byAuthority: Map<string, readonly Target[]>;
}

/** Maximum number of Host headers for which a route caches its targets. */
const MOST_AUTHORITIES = 100;

/** Resolves the destinations of one cluster by host. */
export class TargetResolver {
  readonly #cluster: string;
  readonly #destinations = new Map<string, PlannedDestination>();
  readonly #external = new Map<string, PlannedExternalService>();

  readonly #locality: Locality | undefined;
  readonly #prepared = memoize(
    ({ targets, host }: Forward): Prepared => ({ targets: this.#prepare(targets, host), byAuthority: new Map() }),
  );

  /** Returns the targets of a connection route. */
  readonly connectionTargetsOf = memoize((planned: readonly PlannedTarget[]): readonly ConnectionTarget[] =>
    this.#prepare(planned, undefined),
  );

  constructor({ cluster, destinations, externalServices }: ClusterPlan, locality: Locality | undefined) {
    this.#cluster = cluster;
    this.#locality = locality;
    for (const each of destinations) for (const host of each.hosts) this.#destinations.set(host.toLowerCase(), each);
    for (const each of externalServices) for (const host of each.hosts) this.#external.set(host.toLowerCase(), each);
  }

  /** Returns the targets of a route for requests with this Host header. */
  targetsOf(action: Forward, authority: string): readonly Target[] {
    const prepared = this.#prepared(action);
    const known = prepared.byAuthority.get(authority);
    if (known !== undefined) return known;
    if (prepared.byAuthority.size >= MOST_AUTHORITIES) prepared.byAuthority.clear();
    const targets = prepared.targets.map((target) => ({ ...target, hostHeader: target.hostHeader ?? authority }));
    prepared.byAuthority.set(authority, targets);
    return targets;
  }

  /**
   * Returns the targets of a route that get a share; `routeHost` is the Host header for all of them. Among several,
   * Istio drops those with weight 0.
   */
  #prepare(targets: readonly PlannedTarget[], routeHost: string | undefined): readonly PreparedTarget[] {
    const kept = targets.length > 1 ? targets.filter(({ weight }) => weight !== 0) : targets;
    const weights = kept.map(({ weight }) => weight).filter((weight): weight is number => isKnown(weight));
    const sum = weights.length === kept.length ? weights.reduce((all, each) => all + each, 0) : undefined;
    return kept.map((target) => {
      const { host, port, weight } = target;
      const { subset, home } = unpinned(target.subset, this.#cluster);
      const share = kept.length === 1 ? 100 : sum === undefined ? undefined : (Number(weight) * 100) / sum;
      // the route's rewrite overrides those of its destinations (Istio: processDestination; Envoy: finalizeHostHeader)
      const setHost = routeHost ?? target.setHost;
      return {
        destination: this.#destinationOf(host, home),
        host,
        port,
        ...(subset && { subset }),
        ...(share !== undefined && { share }),
        ...(setHost !== undefined && { hostHeader: setHost }),
        ...this.#policiesOf(host),
        ...this.#tlsOf(target),
        endpoints: this.#endpointsOf(target),
      };
    });
  }

  #policiesOf(host: string): Pick<Target, "policies"> {
    const policies = this.#destinations.get(host.toLowerCase())?.policies;
    if (policies === undefined) return {};
    const { caller, near, ...told } = policies;
    return { policies: told };
  }

  #tlsOf({ host, port }: PlannedTarget): Pick<Target, "tls"> {
    const tls = portNumbered(this.#external.get(host.toLowerCase())?.ports ?? [], port)?.tls;
    return tls === undefined ? {} : { tls };
  }

  #destinationOf(host: string, cluster: string): Destination {
    const key = host.toLowerCase();
    const planned = this.#destinations.get(key);
    const [name = "", namespace = "", far = ""] = planned?.part ?? [];
    if (planned?.maker.kind === "RouteTable") return { kind: "Service", name, namespace, cluster: far };
    if (planned !== undefined) return { kind: "VirtualDestination", name: planned.maker.name };
    const external = this.#external.get(key);
    if (external !== undefined) return { kind: "ExternalService", name: external.maker.name };
    const [service = host, home = ""] = host.split(".");
    return { kind: "Service", name: service, namespace: home, cluster };
  }

  #endpointsOf(target: PlannedTarget): readonly Endpoint[] {
    const { host, port, subset } = target;
    const key = host.toLowerCase();
    const planned = this.#destinations.get(key);
    if (planned !== undefined)
      return preferred([...this.#podsOf(planned, target), ...remoteOf(planned, subset)], planned.policies);
    const external = this.#external.get(key);
    if (external !== undefined) return externalOf(external, target);
    return [{ kind: "service", cluster: unpinned(subset, this.#cluster).home, host, port }];
  }

  /** Returns pods by their labels, in each cluster of the network. */
  #podsOf(
    { local, namespace, near = [], ports, policies }: PlannedDestination,
    { port, subset }: PlannedTarget,
  ): readonly Endpoint[] {
    const own = { cluster: this.#cluster, ...(this.#locality && { locality: this.#locality }) };
    const [clusters = [own]] = [near, policies?.near ?? []].filter(({ length }) => length > 0);
    // no pod has two values for one label
    const possible = local.filter((labels) =>
      Object.entries(subset?.labels ?? {}).every(([key, value]) => (labels[key] ?? value) === value),
    );
    return clusters.flatMap((place) =>
      possible.map((labels) => ({
        kind: "pods" as const,
        ...place,
        namespace,
        labels: { ...labels, ...subset?.labels },
        port: portNumbered(ports, port)?.targetPort ?? port,
      })),
    );
  }
}

/** Splits a subset into its own labels and the cluster that a Service's requests are pinned to. */
function unpinned(
  subset: PlannedSubset | undefined,
  cluster: string,
): { readonly subset?: PlannedSubset; readonly home: string } {
  if (subset === undefined) return { home: cluster };
  const { [CLUSTER_LABEL]: home = cluster, ...labels } = subset.labels;
  return Object.keys(labels).length === 0 ? { home } : { subset: { ...subset, labels }, home };
}

/** East-west gateways are listed once for each subset; the ones with its labels serve it. */
function remoteOf({ remote }: PlannedDestination, subset: PlannedSubset | undefined): readonly Endpoint[] {
  const found = new Map<string, Endpoint>();
  for (const { cluster, address, port, locality, labels } of remote) {
    if (!carries(labels, subset?.labels ?? {})) continue;
    found.set(`${address} ${port}`, {
      kind: "eastWestGateway",
      cluster,
      address,
      port,
      ...(locality && { locality }),
    });
  }
  return [...found.values()];
}

function externalOf(
  { endpoints, hosts, ports, resolution }: PlannedExternalService,
  { host, port: number, subset }: PlannedTarget,
): readonly Endpoint[] {
  const { name = "", targetPort = number } = portNumbered(ports, number) ?? {};
  if (endpoints.length === 0) {
    const addresses = resolution === "NONE" ? [host] : hosts;
    return addresses.map((address) => ({ kind: "external", address, port: targetPort }));
  }
  return endpoints
    .filter(({ labels }) => carries(labels, subset?.labels ?? {}))
    .map(({ address, ports: own, locality }) => ({
      kind: "external",
      address,
      port: own[name] ?? targetPort,
      ...(locality && { locality }),
    }));
}

function portNumbered<P extends PlannedPort>(ports: readonly P[], number: PlannedTarget["port"]): P | undefined {
  return ports.find((port) => port.number === number);
}

/** Returns the localities of clusters as far as the plan knows them: from the east-west gateways that others see. */
export function localitiesOf(plan: Plan): ReadonlyMap<string, Locality> {
  const found = new Map<string, Locality>();
  for (const { destinations } of plan.clusters)
    for (const { remote } of destinations)
      for (const { cluster, locality } of remote) if (locality !== undefined) found.set(cluster, locality);
  return found;
}
