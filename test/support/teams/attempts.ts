import type { Attempt } from "./attempt.js";
import { CLAIMED_ADDRESSES } from "./claimed-addresses.js";
import { CLAIMED_NAMES } from "./claimed-names.js";
import { REACHED_BY_DESTINATIONS } from "./reached-by-destinations.js";
import { REACHED_BY_ROUTES } from "./reached-by-routes.js";
import { REACHING_FURTHER } from "./reaching-further.js";

/** Every attempt that we could think of, by kind. */
export const ATTEMPTS: readonly Attempt[] = [
  ...CLAIMED_NAMES,
  ...CLAIMED_ADDRESSES,
  ...REACHED_BY_ROUTES,
  ...REACHED_BY_DESTINATIONS,
  ...REACHING_FURTHER,
];
