import { isDeferred } from "../model/deferred.js";
import { carries } from "../model/labels.js";
import type { PlannedAccess, PlannedIsolation } from "../plan/planned-access.js";
import type { Labels } from "../plan/planned-target.js";
import type { ClusterPlan, Plan, PlannedDestination } from "../plan/types.js";
import { type AccessVerdict, type AskedRequest, judgeAccess, type Sender } from "./access.js";
import type { ConnectionTarget } from "./decision.js";

/** An access policy or isolation. */
type Guarding = Pick<PlannedAccess, "allowed">;

/** Access rules for the pods of a destination's port. */
interface Guard {
  readonly access: Guarding;
  /** True if it guards all pods that a target may reach, in every cluster. */
  readonly isEverywhere: boolean;
}

/**
 * Knows which callers pods allow: those of virtual destinations by access policies, isolation, and those of other
 * destinations that select the same pods; those of Services by the isolation of their namespace.
 */
export class Guards {
  readonly #plan: Plan;
  /** True if there are any. */
  readonly hasAny: boolean;
  readonly #known = new Map<string, readonly Guard[]>();

  constructor(plan: Plan) {
    this.#plan = plan;
    this.hasAny = plan.clusters.some(
      ({ destinations, isolated = [] }) =>
        isolated.length > 0 || destinations.some((each) => guardsOf(each).length > 0),
    );
  }

  /** Judges whether the pods of a target allow a sender. Returns undefined if nothing guards them. */
  judge(target: ConnectionTarget, sender: Sender, asked: AskedRequest | undefined): AccessVerdict | undefined {
    const guards = this.#guardsOfTarget(target);
    if (guards.length === 0) return undefined;
    const verdicts = guards.map(({ access, isEverywhere }) => {
      const { verdict, needs } = judgeAccess(access.allowed, sender, asked);
      return verdict === "refused" && !isEverywhere
        ? { verdict: "depends" as const, needs: access.allowed }
        : { verdict, needs };
    });
    if (verdicts.some(({ verdict }) => verdict === "refused")) return { verdict: "refused" };
    const open = verdicts.find(({ verdict }) => verdict === "depends");
    return open === undefined ? { verdict: "allowed" } : { verdict: "depends", needs: open.needs ?? [] };
  }

  #guardsOfTarget({ destination, port }: ConnectionTarget): readonly Guard[] {
    switch (destination.kind) {
      case "VirtualDestination":
        return this.#guardsOf(destination.name, port);
      case "Service": {
        const home = this.#plan.clusters.find(({ cluster }) => cluster === destination.cluster);
        const isolated = home === undefined ? [] : isolationOf(home, destination.namespace);
        return isolated.map((access) => ({ access, isEverywhere: true }));
      }
      case "ExternalService":
        return [];
    }
  }

  /**
   * Reports whether callers' identities are lost on the way to a destination, because an east-west gateway terminates
   * TLS or accepts plaintext.
   */
  hidesCallers(name: string): boolean {
    return this.#plan.clusters.some(({ entrances }) => entrances.some(({ maker }) => maker.name === name));
  }

  /** Returns the clusters with pods of a destination, or only those in which it guards its own, if any. */
  #homesOf(name: string): readonly { readonly cluster: ClusterPlan; readonly own: PlannedDestination }[] {
    const homes = this.#plan.clusters.flatMap((cluster) => {
      const own = cluster.destinations.find(({ maker }) => maker.kind === "VirtualDestination" && maker.name === name);
      return own === undefined || own.local.length === 0 ? [] : [{ cluster, own }];
    });
    const guarding = homes.filter(({ own }) => guardsOf(own).length > 0);
    return guarding.length > 0 ? guarding : homes;
  }

  #guardsOf(name: string, port: ConnectionTarget["port"]): readonly Guard[] {
    const key = JSON.stringify([name, port]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const found = this.#homesOf(name).map(({ cluster, own }) => guardsIn(cluster, own, port));
    const guards = found.flatMap((each) =>
      each.map((access) => ({
        access,
        isEverywhere: found.every((others) => others.some((other) => isAlike(other, access))),
      })),
    );
    this.#known.set(key, guards);
    return guards;
  }
}

function guardsOf({ access, isolation }: PlannedDestination): readonly PlannedAccess[] {
  return [access, isolation].flatMap((each) => each ?? []);
}

/** Returns the guards of the pods that a destination selects in one cluster. */
function guardsIn(cluster: ClusterPlan, own: PlannedDestination, port: ConnectionTarget["port"]): readonly Guarding[] {
  const target = own.ports.find(({ number }) => number === port)?.targetPort ?? port;
  const isOwn = ({ namespace, proxies, ports }: PlannedAccess): boolean =>
    namespace === own.namespace &&
    (isDeferred(target) || ports.some((each) => each === target)) &&
    own.local.every((labels) => proxies.some((chosen: Labels) => carries(labels, chosen)));
  return [...cluster.destinations.flatMap(guardsOf).filter(isOwn), ...isolationOf(cluster, own.namespace)];
}

function isolationOf({ isolated = [] }: ClusterPlan, namespace: string): readonly PlannedIsolation[] {
  return isolated.filter((each) => each.namespace === namespace);
}

function isAlike(a: Guarding, b: Guarding): boolean {
  return JSON.stringify(a.allowed) === JSON.stringify(b.allowed);
}
