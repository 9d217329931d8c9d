import type { ConnectionRoute } from "../model/route.js";
import type { VirtualGateway } from "../model/virtual-gateway.js";
import { boundPorts, withBoundPort } from "./routes.js";
import type { TargetPlanner, View } from "./targets.js";
import type { PlannedConnectionRoute } from "./types.js";
import { sharesOf } from "./weights.js";

/** Plans connection routes once for all clusters with the same views. */
export type ConnectionRoutePlanner = (views: readonly View[]) => readonly PlannedConnectionRoute[];

/** Returns a planner of connection routes. Each destination is assigned its slot in the views. */
export function connectionRoutePlanner(
  routes: readonly ConnectionRoute[],
  gateway: VirtualGateway | undefined,
  targets: TargetPlanner,
): ConnectionRoutePlanner {
  const ports = boundPorts(gateway);
  const prepared = routes.map((route) => ({
    route,
    slots: route.destinations.map((destination) => targets.slotOf(destination)),
  }));
  return (views) =>
    prepared.map(({ route: { name, matchers, destinations }, slots }) => {
      const shares = sharesOf(destinations.map(({ weight }) => weight));
      return {
        name,
        matchers: matchers.map((matcher) => withBoundPort(matcher, ports)),
        targets: destinations.map((destination, index) =>
          targets.planConnections(destination, shares[index] ?? 0, views[slots[index] ?? 0] ?? "plain"),
        ),
      };
    });
}
