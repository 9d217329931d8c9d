import type { Path } from "../diagnostics/diagnostic.js";
import type { Destination } from "./destination.js";
import type { RoutePolicyKind } from "./policy.js";

/** What a policy that makes requests of its own has besides. */
export interface MakesRequests {
  /** Where the policy's own requests go, by who gets them: `server`, or the provider of tokens whose keys they ask for. Absent where it makes none. */
  readonly destinations?: Readonly<Record<string, Destination>>;
}

/** The kinds of policies that make requests of their own, and the places of their destinations in the arguments. */
export const DESTINATION_PLACES = {
  ExtAuthPolicy: () => ["server", "destinationServer"],
  JWTPolicy: (provider) => ["providers", provider, "remote", "destinationRef"],
  MirrorPolicy: () => ["destination"],
  RateLimitPolicy: () => ["global", "serverSettings", "destinationServer"],
} as const satisfies { readonly [K in RoutePolicyKind]?: (asked: string) => Path };

/** A kind of policy that makes requests of its own. */
export type AskingPolicyKind = keyof typeof DESTINATION_PLACES;

export const ASKING_POLICY_KINDS = Object.keys(DESTINATION_PLACES) as readonly AskingPolicyKind[];
