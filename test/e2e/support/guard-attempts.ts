/**
 * What people try, and what the API server answers: each refused attempt beside an allowed one that is nearly the
 * same.
 */

import type { Pair } from "./guard-attempt.js";
import { besideTheGateway, gatewayRoutes } from "./guard-attempts-gateways.js";
import { addresses, entries, rules } from "./guard-attempts-hosts.js";
import { apiGateways, kinds, ownership, whoAndWhere } from "./guard-attempts-kinds.js";
import { listeners } from "./guard-attempts-listeners.js";
import { places, privateHosts, serverNames, targets } from "./guard-attempts-places.js";
import { meshRoutes } from "./guard-attempts-routes.js";
import { texts } from "./guard-attempts-texts.js";

export const SECTIONS: Readonly<Record<string, readonly Pair[]>> = {
  "routes in the mesh": meshRoutes,
  "routes of a gateway": gatewayRoutes,
  "listeners of a gateway": listeners,
  "objects beside a gateway": besideTheGateway,
  "hosts that a team declares": entries,
  addresses,
  "rules of destinations": rules,
  "places of endpoints": places,
  "server names": serverNames,
  "whom policies are for": targets,
  "hosts of Meshway's own": privateHosts,
  "texts that proxies format": texts,
  kinds: [...kinds, ...apiGateways],
  "who writes where": whoAndWhere,
  "to whom objects belong": ownership,
};
