import type { PlannedGateway, PlannedListener, PlannedRouteTable } from "../plan/types.js";
/** A listener of a gateway, and the route tables on that gateway. */
export interface Server {
  readonly gateway: PlannedGateway;
  readonly listener: PlannedListener;
  readonly tables: readonly PlannedRouteTable[];
}
