import { access } from "./catalog/access.js";
import { callerCredentials } from "./catalog/caller-credentials.js";
import { capability } from "./catalog/capability.js";
import { claimRoutes } from "./catalog/claim-routes.js";
import { connectionGateways } from "./catalog/connection-gateways.js";
import { connectionRoutes } from "./catalog/connection-routes.js";
import { delegation } from "./catalog/delegation.js";
import { destinationPolicies } from "./catalog/destination-policies.js";
import { destinations } from "./catalog/destinations.js";
import { emptyHeaders } from "./catalog/empty-headers.js";
import { expressions } from "./catalog/expressions.js";
import { gateways } from "./catalog/gateways.js";
import { guards } from "./catalog/guards.js";
import { idleOnRoutes, idleRateLimits } from "./catalog/idle-policies.js";
import { internal } from "./catalog/internal.js";
import { listenerPolicies } from "./catalog/listener-policies.js";
import { namespaceIsolation } from "./catalog/namespace-isolation.js";
import { neverSent } from "./catalog/never-sent.js";
import { ownership } from "./catalog/ownership.js";
import { policies } from "./catalog/policies.js";
import { reachingFurther } from "./catalog/reaching-further.js";
import { references } from "./catalog/references.js";
import { routedDestinations } from "./catalog/routed-destinations.js";
import { routes } from "./catalog/routes.js";
import { servers } from "./catalog/servers.js";
import { strangers } from "./catalog/strangers.js";
import { teams } from "./catalog/teams.js";
import { tokens } from "./catalog/tokens.js";
import { transformations } from "./catalog/transformations.js";
import { trimmed } from "./catalog/trimmed-workloads.js";
import { unsureStates } from "./catalog/unsure-states.js";
import { workspaces } from "./catalog/workspaces.js";
import { writtenHeaders } from "./catalog/written-headers.js";

/** All codes that Meshway can report, in order. Codes are never reused; retired ones stay listed here as comments. */
export const catalog = {
  ...references,
  ...routes,
  ...neverSent,
  ...connectionRoutes,
  ...delegation,
  ...idleOnRoutes,
  ...expressions,
  ...writtenHeaders,
  ...claimRoutes,
  ...emptyHeaders,
  ...gateways,
  ...connectionGateways,
  ...policies,
  ...servers,
  ...tokens,
  ...transformations,
  ...destinationPolicies,
  ...access,
  ...listenerPolicies,
  ...strangers,
  ...idleRateLimits,
  ...destinations,
  ...routedDestinations,
  ...callerCredentials,
  ...ownership,
  ...unsureStates,
  ...workspaces,
  ...trimmed,
  ...teams,
  ...reachingFurther,
  ...guards,
  ...namespaceIsolation,
  ...capability,
  ...internal,
};

export type Catalog = typeof catalog;
export type Code = keyof Catalog;
