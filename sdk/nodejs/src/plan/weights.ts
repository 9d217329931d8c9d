import { derive, isKnown, type Leaf } from "../model/deferred.js";

/**
 * The share of each destination in percent, together 100.
 *
 * Destinations without a weight share evenly what the others leave; what does not divide goes to the first ones. One destination takes all.
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
