import type { RouteDestination } from "./destination.js";

/** What a policy that makes requests of its own has besides. */
export interface MakesRequests {
  /** Where the policy's own requests go, by who gets them: `server`, or the provider of tokens whose keys they ask for. Absent where it makes none. */
  readonly destinations?: Readonly<Record<string, RouteDestination>>;
}
