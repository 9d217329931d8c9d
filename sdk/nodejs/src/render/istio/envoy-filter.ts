/** Maps policies that Istio has no field for to `EnvoyFilter` of networking.istio.io/v1alpha3. Tried on upstream Envoy 1.40 and istiod 1.31. */
import { dnsName } from "../../kube/names.js";
import type { Json, KubeObject } from "../../kube/object.js";
import type { RoutePolicyKind } from "../../model/policy.js";
import type { PlannedRoute, PlannedRouteTable } from "../../plan/types.js";
import { bufferFilters } from "./buffer-filter.js";
import { csrfFilters } from "./csrf-filter.js";
import { extAuthFilters } from "./ext-auth-filter.js";
import { globalRateLimitFilters } from "./global-rate-limit-filter.js";
import type { HttpFilter, HttpFilterMaker } from "./http-filter.js";
import { jwtFilters } from "./jwt-filters.js";
import { localRateLimitFilters } from "./local-rate-limit-filter.js";
import { istioObject } from "./object.js";
import { transformationFilters } from "./transformation-filters.js";

/** In the order in which requests meet them, after Istio's own for faults and CORS: what is refused takes no token, and is not waited for. */
const MAKERS = [
  ["CSRFPolicy", csrfFilters],
  ["JWTPolicy", jwtFilters],
  ["ExtAuthPolicy", extAuthFilters],
  ["RateLimitPolicy", localRateLimitFilters],
  ["RateLimitPolicy", globalRateLimitFilters],
  ["HTTPBufferPolicy", bufferFilters],
  ["TransformationPolicy", transformationFilters],
] as const satisfies readonly (readonly [RoutePolicyKind, HttpFilterMaker])[];

/** Higher than the default of 0, so that filters of others come before these; `istioctl analyze` asks for one (IST0151). */
export const FILTER_PRIORITY = 10;

/** Names a route as the table's VirtualService does. Names of routes hold no slash, so no other table of the proxies has one of these. */
export function envoyRouteName({ maker, gateway }: PlannedRouteTable, { name, policies }: PlannedRoute): string {
  const needsFilter = policies !== undefined && MAKERS.some(([kind]) => policies[kind] !== undefined);
  return needsFilter ? uniqueName(dnsName(maker.name, gateway.name), name) : name;
}

function uniqueName(scope: string, route: string): string {
  return `${scope}/${route}`;
}

/** The filters of a table on one gateway: one object, or none where no route needs a filter. */
export function renderEnvoyFilter(table: PlannedRouteTable): readonly KubeObject[] {
  const { maker, gateway } = table;
  const scope = dnsName(maker.name, gateway.name);
  const filters = MAKERS.flatMap(([, make]) => make(table, scope));
  if (filters.length === 0) return [];
  const routes = table.routes.flatMap(({ name }) => {
    const settings = filters.flatMap((filter) => {
      const ofRoute = filter.routes.get(name);
      return ofRoute === undefined ? [] : [[filter.name, ofRoute] as const];
    });
    return settings.length === 0 ? [] : [routePatch(uniqueName(scope, name), Object.fromEntries(settings))];
  });
  return [
    istioObject(
      "EnvoyFilter",
      maker,
      { namespace: gateway.namespace, part: [gateway.name], mistaken: ["IST0133"] },
      {
        priority: FILTER_PRIORITY,
        workloadSelector: { labels: gateway.labels },
        configPatches: [...filters.map(filterPatch), ...routes],
      },
    ),
  ];
}

/** Adds a filter, switched off, to every HTTP listener of the proxies. */
function filterPatch({ name, settings }: HttpFilter): Json {
  return {
    applyTo: "HTTP_FILTER",
    match: {
      context: "GATEWAY",
      listener: {
        filterChain: {
          filter: {
            name: "envoy.filters.network.http_connection_manager",
            subFilter: { name: "envoy.filters.http.router" },
          },
        },
      },
    },
    patch: { operation: "INSERT_BEFORE", value: { name, disabled: true, typed_config: settings } },
  };
}

/** Switches filters on for a route, wherever it is: for each of its matchers and hosts, on every listener. */
function routePatch(route: string, settings: Json): Json {
  return {
    applyTo: "HTTP_ROUTE",
    match: { context: "GATEWAY", routeConfiguration: { vhost: { route: { name: route } } } },
    patch: { operation: "MERGE", value: { typed_per_filter_config: settings } },
  };
}
