import type { Path } from "../diagnostics/diagnostic.js";
import type { Destination } from "./destination.js";
import type { RoutePolicyKind } from "./policy.js";

/** What a policy that makes requests of its own has besides. */
export interface MakesRequests {
  /** Where the policy's own requests go; absent where it makes none. */
  readonly destination?: Destination;
}

/** The kinds of policies that make requests of their own, and the place of their destination in the arguments. */
export const DESTINATION_PLACES = {
  ExtAuthPolicy: ["server", "destinationServer"],
  MirrorPolicy: ["destination"],
  RateLimitPolicy: ["global", "serverSettings", "destinationServer"],
} as const satisfies { readonly [K in RoutePolicyKind]?: Path };

/** A kind of policy that makes requests of its own. */
export type AskingPolicyKind = keyof typeof DESTINATION_PLACES;

export const ASKING_POLICY_KINDS = Object.keys(DESTINATION_PLACES) as readonly AskingPolicyKind[];
