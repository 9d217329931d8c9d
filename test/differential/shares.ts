/** Checks that targets get the shares of requests that their weights promise. */
import type { Target } from "../../sdk/nodejs/src/simulate/decision.js";
import type { Request } from "../../sdk/nodejs/src/simulate/request.js";
import type { Simulator } from "../../sdk/nodejs/src/simulate/simulator.js";
import { addressesOf } from "./rig/backends.js";
import type { Seen } from "./wire/echo-server.js";

/** Repetitions of a request, for this many routes of a batch. */
const TIMES = 300;
const ROUTES = 3;

/** A count less likely than e^-32 is not chance: it occurs once in 10^13 counts. */
const LIMIT = 32;

/** Counts the answers of a route's targets. */
export class ShareCount {
  readonly targets: readonly Target[];
  readonly counts: number[];
  readonly #addresses: readonly ReadonlySet<string>[];

  constructor(targets: readonly Target[]) {
    this.targets = targets;
    this.counts = targets.map(() => 0);
    this.#addresses = targets.map(addressesOf);
  }

  /** True if each answer identifies its target. */
  get isDistinct(): boolean {
    const all = this.#addresses.flatMap((addresses) => [...addresses]);
    return new Set(all).size === all.length && this.#addresses.every(({ size }) => size > 0);
  }

  add({ at }: Seen): void {
    const index = this.#addresses.findIndex((addresses) => addresses.has(at));
    this.counts[index] = (this.counts[index] ?? 0) + 1;
  }
}

/** Returns some of the requests, each to a different route with several targets, and the number of repetitions. */
export function moreOfWeighted(
  simulator: Simulator,
  requests: readonly Request[],
): readonly { readonly request: Request; readonly times: number }[] {
  const found = new Map<string, Request>();
  for (const request of requests) {
    if (found.size >= ROUTES) break;
    const { decision } = simulator.simulate(request, { trace: false });
    if (decision.kind !== "forward" || decision.targets.length < 2) continue;
    if (new ShareCount(decision.targets).isDistinct)
      found.set(JSON.stringify([decision.through, decision.table, decision.route]), request);
  }
  return [...found.values()].map((request) => ({ request, times: TIMES }));
}

/** Returns the counts that chance does not explain. */
export function checkShares({ targets, counts }: ShareCount): readonly string[] {
  const total = counts.reduce((sum, each) => sum + each, 0);
  return targets.flatMap(({ host, subset, share }, index) => {
    const count = counts[index] ?? 0;
    if (share === undefined || surprise(count, total, share / 100) < LIMIT) return [];
    const name = `${host}${subset === undefined ? "" : ` (${subset.name})`}`;
    return [`share: ${share} % for ${name}, but it gets ${count} of ${total}`];
  });
}

/** Chernoff bound: the probability of a count this far from its mean is at most e to the power of minus this. */
function surprise(count: number, total: number, share: number): number {
  const term = (part: number, expected: number): number => (part === 0 ? 0 : part * Math.log(part / expected));
  return total === 0 ? 0 : term(count, total * share) + term(total - count, total * (1 - share));
}
