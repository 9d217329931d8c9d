import type { RouteDestination } from "./destination.js";

/** Fields of policies that make callouts. */
export interface MakesRequests {
  /**
   * The destinations of callouts, by recipient: `server`, or the JWT provider whose keys they fetch. Absent if the
   * policy makes none.
   */
  readonly destinations?: Readonly<Record<string, RouteDestination>>;
}
