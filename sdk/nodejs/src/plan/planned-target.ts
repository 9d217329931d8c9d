import type { Leaf } from "../model/deferred.js";
export type Labels = Readonly<Record<string, string>>;

/**
 * One destination of a route; `setHost` replaces the Host header for this destination only. The weights of a route add
 * up to 100.
 */
export interface PlannedTarget {
  readonly host: string;
  readonly port: Leaf<number>;
  readonly subset?: PlannedSubset;
  readonly weight: Leaf<number>;
  readonly setHost?: string;
}

export interface PlannedSubset {
  readonly name: string;
  readonly labels: Labels;
  /** Set if its name was not known at first, in which case no object is named after it. */
  readonly undecided?: true;
}
