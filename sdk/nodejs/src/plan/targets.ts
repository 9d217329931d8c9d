import { Mesh } from "../args/fleet.js";
import { derive, type Leaf } from "../model/deferred.js";
import type { EffectiveTable } from "../model/delegation.js";
import type { DestinationTarget, RouteDestination } from "../model/destination.js";
import type { Cluster, Fleet } from "../model/fleet.js";
import type { Model } from "../model/model.js";
import { backendClusters, isFlat, pathBetween, pathToService, pinTo, serviceHost } from "../model/topology.js";
import { seersOfService } from "../model/visibility.js";
import { shapedBy } from "./endpoints.js";
import { externalShape, planExternalPorts } from "./external-services.js";
import { hostPart } from "./host-part.js";
import type { Labels, PlannedSubset, PlannedTarget } from "./planned-target.js";
import { planSubset } from "./ports.js";
import { type Carried, type RemoteService, remoteServiceHost, type ServiceTarget } from "./remote-services.js";
import type { ChosenSubsets } from "./types.js";

/**
 * Everything in a planned target that depends on the caller's cluster.
 *
 * `near DOMAIN`: a Service of that cluster or of one on its network, called by the domain of the caller's cluster.
 * `plaintext`: some backends are reached over plaintext. `seen NAMESPACES`: an external service that these namespaces
 * see. `plain`: none of these.
 */
export type View = `near ${string}` | `seen ${string}` | "plaintext" | "plain";

/** Returns the cluster domain by which callers call a near Service. */
function domainOf(view: View): string | undefined {
  return view.startsWith("near ") ? view.slice("near ".length) : undefined;
}

/** Returns the namespaces that see an external service. */
function seersIn(view: View): readonly string[] {
  return view.startsWith("seen ") ? view.slice("seen ".length).split(",") : ["*"];
}

/** The input for resolving the destinations of one table. */
export interface TargetContext {
  readonly model: Model;
  readonly name: string;
  readonly table: EffectiveTable;
  readonly fleet: Fleet;
}

/** Destinations that look the same from every cluster. */
interface TargetPlace {
  readonly target: DestinationTarget;
  /** Backends of a virtual destination that some clusters may reach over plaintext. */
  readonly plaintext: readonly Cluster[];
}

/** Resolves the destinations of one table, once for all clusters with the same view of them. */
export class TargetPlanner {
  readonly #context: TargetContext;
  readonly #clusters: ReadonlyMap<string, Cluster>;
  readonly #pins: ReadonlyMap<string, Labels | undefined>;
  readonly #slots: Readonly<Record<DestinationTarget["kind"], Map<string, number>>> = {
    service: new Map(),
    virtualDestination: new Map(),
    externalService: new Map(),
  };
  readonly #places: TargetPlace[] = [];

  constructor(context: TargetContext) {
    this.#context = context;
    const { fleet } = context;
    this.#clusters = new Map(fleet.clusters.map((cluster) => [cluster.name, cluster]));
    this.#pins = new Map(fleet.clusters.map((cluster) => [cluster.name, pinTo(cluster, fleet)]));
  }

  /**
   * Returns the index of a destination in the result of `viewsFrom`. Destinations that look the same everywhere share
   * it.
   */
  slotOf({ target }: RouteDestination): number {
    const place = target.kind === "service" ? target.cluster : target.name;
    const known = this.#slots[target.kind].get(place);
    if (known !== undefined) return known;
    this.#slots[target.kind].set(place, this.#places.length);
    return this.#places.push({ target, plaintext: this.#plaintextBackends(target) }) - 1;
  }

  /** Returns a cluster's view of the destinations in each slot. */
  viewsFrom(cluster: Cluster): readonly View[] {
    return this.#places.map((place) => this.#viewOf(place, cluster));
  }

  #viewOf({ target, plaintext }: TargetPlace, from: Cluster): View {
    if (target.kind === "service") {
      const home = this.#homeOf(target);
      const route = pathToService(from, home);
      if (route === "direct") return `near ${from.clusterDomain}`;
      const isPlaintext = route === "plaintext" || home.undecided.includes("mesh");
      return isPlaintext ? "plaintext" : "plain";
    }
    const { model, fleet } = this.#context;
    const service = target.kind === "externalService" ? model.ExternalService.get(target.name) : undefined;
    if (service !== undefined)
      return `seen ${seersOfService({ model, fleet, cluster: from }, target.name, service).join(",")}`;
    return plaintext.some((backend) => crossesPlaintext(backend, from)) ? "plaintext" : "plain";
  }

  #plaintextBackends(target: DestinationTarget): readonly Cluster[] {
    const { model, fleet } = this.#context;
    const virtual = target.kind === "virtualDestination" ? model.VirtualDestination.get(target.name) : undefined;
    if (virtual === undefined) return [];
    return backendClusters(virtual, fleet).filter(
      ({ mesh, undecided }) => mesh === Mesh.None || undecided.includes("mesh"),
    );
  }

  /**
   * Plans a destination for clusters with this view. `hostOfDestination` sets the Host header to the destination's
   * host.
   */
  plan(destination: RouteDestination, weight: Leaf<number>, view: View, hostOfDestination: boolean): PlannedTarget {
    return this.#plan(destination, weight, view, { carries: "HTTP", hostOfDestination });
  }

  #plan(
    destination: RouteDestination,
    weight: Leaf<number>,
    view: View,
    { carries, hostOfDestination = false }: { readonly carries: Carried; readonly hostOfDestination?: boolean },
  ): PlannedTarget {
    const { target } = destination;
    const subset = this.#subsetOf(destination, view);
    const common = { weight, ...(subset && { subset }) };
    // without a mesh, the remote gateway finds the destination by its Host header
    const needsHost = view === "plaintext";
    if (target.kind === "service") {
      const port = destination.port ?? 0;
      const clusterDomain = domainOf(view);
      const ownHost = serviceHost(target, clusterDomain === undefined ? this.#homeOf(target) : { clusterDomain });
      const host = clusterDomain === undefined ? remoteServiceHost(this.#remote(target, port, carries)) : ownHost;
      const setHost = needsHost ? host : ownHost;
      return { host, port, ...common, ...((needsHost || hostOfDestination) && { setHost }) };
    }
    const { model } = this.#context;
    const virtual = target.kind === "virtualDestination" ? model.VirtualDestination.get(target.name) : undefined;
    const named = virtual ?? model.ExternalService.get(target.name);
    const host = named?.hosts[0] ?? "";
    const port = destination.port ?? named?.ports[0]?.number ?? 0;
    const authority = needsHost ? derive([port], () => (port === 80 ? host : `${host}:${port}`)) : host;
    return { host, port, ...common, ...((hostOfDestination || needsHost) && { setHost: authority }) };
  }

  /** Returns the subset that the destination names; a near Service is also pinned to its own cluster. */
  #subsetOf({ subset, target, undecided }: RouteDestination, view: View): PlannedSubset | undefined {
    const pin = target.kind === "service" && domainOf(view) !== undefined ? this.#pins.get(target.cluster) : undefined;
    return subset === undefined && pin === undefined ? undefined : planSubset({ ...subset, ...pin }, undecided);
  }

  /** Plans a destination of connections for clusters with this view. */
  planConnections(destination: RouteDestination, weight: Leaf<number>, view: View): PlannedTarget {
    const { setHost, ...planned } = this.#plan(destination, weight, view, { carries: "TCP" });
    return planned;
  }

  /** Returns the Services of other clusters among these destinations, deduplicated. */
  remoteServices(destinations: readonly RouteDestination[], views: readonly View[], carries: Carried): RemoteService[] {
    const found = new Map<string, RemoteService>();
    for (const destination of destinations) {
      const { target, port = 0 } = destination;
      const view = views[this.slotOf(destination)] ?? "plain";
      if (target.kind !== "service" || domainOf(view) !== undefined) continue;
      const remote = this.#remote(target, port, carries);
      found.set(`${remoteServiceHost(remote)}:${port}`, remote);
    }
    return [...found.values()];
  }

  /**
   * Returns the subsets that these destinations choose of the caller's own cluster's Services and of external services,
   * by host and name.
   */
  chosenSubsets(destinations: readonly RouteDestination[], views: readonly View[], namespace: string): ChosenSubsets[] {
    const found = new Map<string, Omit<ChosenSubsets, "subsets"> & { readonly subsets: Map<string, PlannedSubset> }>();
    for (const destination of destinations) {
      const view = views[this.slotOf(destination)] ?? "plain";
      const subset = this.#subsetOf(destination, view);
      const chosen = this.#chosenOf(destination.target, view, namespace);
      if (subset === undefined || chosen === undefined) continue;
      const known = found.get(chosen.host) ?? { ...chosen, subsets: new Map<string, PlannedSubset>() };
      known.subsets.set(JSON.stringify([subset.name, subset.undecided]), subset);
      found.set(chosen.host, known);
    }
    return [...found.values()].map(({ subsets, ...chosen }) => ({
      ...chosen,
      subsets: [...subsets.values()],
      // duplicate subsets are written once
      ...(subsets.size > 1 && shapedBy([chosen.shapedBy, ...[...subsets.values()].map(({ name }) => name)])),
    }));
  }

  #chosenOf(target: DestinationTarget, view: View, namespace: string): Omit<ChosenSubsets, "subsets"> | undefined {
    if (target.kind === "service") {
      const clusterDomain = domainOf(view);
      if (clusterDomain === undefined) return undefined;
      const host = serviceHost(target, { clusterDomain });
      const part = ["service", target.name, target.namespace, "subsets"];
      return { part, host, exportTo: ["."], ports: [] };
    }
    const service =
      target.kind === "externalService" ? this.#context.model.ExternalService.get(target.name) : undefined;
    const host = service?.hosts[0];
    if (service === undefined || host === undefined) return undefined;
    // Istio merges two rules in one namespace only if they are exported to the same namespaces
    const exportTo = service.namespace === namespace ? seersIn(view) : ["."];
    const part = ["external", target.name, ...hostPart(target.name, service.hosts, 0, service.undecided)];
    return { part, host, exportTo, ports: planExternalPorts(service), ...externalShape(service) };
  }

  #homeOf(service: ServiceTarget): Cluster {
    const home = this.#clusters.get(service.cluster);
    if (home === undefined) throw new Error(`cluster ${service.cluster} is not in the fleet, and no check has said so`);
    return home;
  }

  #remote(service: ServiceTarget, port: Leaf<number>, carries: Carried): RemoteService {
    const { name, table } = this.#context;
    return { table: name, fleet: table.fleet, service, port, carries, home: this.#homeOf(service) };
  }
}

function crossesPlaintext(backend: Cluster, from: Cluster): boolean {
  return pathBetween(from, backend) === "plaintext" || (backend.undecided.includes("mesh") && !isFlat(from, backend));
}
