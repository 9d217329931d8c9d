import { derive, isKnown, type Leaf } from "../model/deferred.js";

/**
 * Returns the share of each destination in percent, 100 in total.
 *
 * Destinations without a weight split the remainder evenly, and the first ones get what does not divide. A single
 * destination gets 100.
 */
export function sharesOf(weights: readonly (Leaf<number> | undefined)[]): Leaf<number>[] {
  if (weights.length === 1) return [100];
  const open = weights.filter((weight) => weight === undefined).length;
  const given = weights.filter((weight) => weight !== undefined);
  let nth = 0;
  return weights.map((weight) => {
    if (weight !== undefined) return weight;
    const position = nth++;
    return derive(given, () => {
      const left = Math.max(0, 100 - given.reduce<number>((sum, each) => sum + (isKnown(each) ? each : 0), 0));
      return Math.floor(left / open) + (position < left % open ? 1 : 0);
    });
  });
}
