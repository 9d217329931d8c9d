/** Maps policies that Istio has no field for to `EnvoyFilter` of networking.istio.io/v1alpha3. Tried on upstream Envoy 1.40 and istiod 1.31. */

import { dnsName } from "../../kube/names.js";
import type { Json, KubeObject } from "../../kube/object.js";
import { type CallersPlace, callersOf } from "../../plan/callers.js";
import { OWN_FILTERS, type OwnFilterKind } from "../../plan/filter-order.js";
import type { PlannedRoute, PlannedRouteTable, PlannedSidecarTable } from "../../plan/types.js";
import { bufferFilters } from "./buffer-filter.js";
import { compressionFilters } from "./compression-filter.js";
import { csrfFilters } from "./csrf-filter.js";
import { extAuthFilters } from "./ext-auth-filter.js";
import { globalRateLimitFilters } from "./global-rate-limit-filter.js";
import type { HttpFilter, HttpFilterMaker } from "./http-filter.js";
import { jwtFilters } from "./jwt-filters.js";
import { localRateLimitFilters } from "./local-rate-limit-filter.js";
import { istioObject } from "./object.js";
import { transformationFilters } from "./transformation-filters.js";

/** The filters of each kind; `OWN_FILTERS` has their order. */
const MAKERS: Readonly<Record<OwnFilterKind, readonly HttpFilterMaker[]>> = {
  CompressionPolicy: [compressionFilters],
  CSRFPolicy: [csrfFilters],
  JWTPolicy: [jwtFilters],
  ExtAuthPolicy: [extAuthFilters],
  RateLimitPolicy: [localRateLimitFilters, globalRateLimitFilters],
  HTTPBufferPolicy: [bufferFilters],
  TransformationPolicy: [transformationFilters],
};

/** Higher than the default of 0, so that filters of others come before these; `istioctl analyze` asks for one (IST0151). */
export const FILTER_PRIORITY = 10;

/** Names a route as the table's VirtualService does. Names of routes hold no slash, so no other table of the proxies has one of these. */
export function envoyRouteName(
  table: PlannedRouteTable | PlannedSidecarTable,
  { name, policies }: PlannedRoute,
): string {
  const needsFilter = policies !== undefined && OWN_FILTERS.some((kind) => policies[kind] !== undefined);
  return needsFilter ? uniqueName(scopeOf(table), name) : name;
}

/** The table's name among all tables of its proxies. */
function scopeOf(table: PlannedRouteTable | PlannedSidecarTable): string {
  return dnsName(table.maker.name, ...callersOf(table).part);
}

function uniqueName(scope: string, route: string): string {
  return `${scope}/${route}`;
}

/** The filters of a table for some callers: one object, or none where no route needs a filter. */
export function renderEnvoyFilter(table: PlannedRouteTable | PlannedSidecarTable): readonly KubeObject[] {
  const { namespace, part, labels, kind } = callersOf(table);
  const scope = scopeOf(table);
  const filters = OWN_FILTERS.flatMap((kind) => MAKERS[kind].flatMap((make) => make(table, scope)));
  if (filters.length === 0) return [];
  const routes = table.routes.flatMap(({ name }) => {
    const settings = filters.flatMap((filter) => {
      const ofRoute = filter.routes.get(name);
      return ofRoute === undefined ? [] : [[filter.name, ofRoute] as const];
    });
    return settings.length === 0 ? [] : [routePatch(kind, uniqueName(scope, name), Object.fromEntries(settings))];
  });
  return [
    istioObject(
      "EnvoyFilter",
      table.maker,
      { namespace, part, suppressed: ["IST0133"] },
      {
        priority: FILTER_PRIORITY,
        // without labels it is for all proxies of the namespace, of which the patches choose the sidecars
        ...(Object.keys(labels).length > 0 && { workloadSelector: { labels } }),
        configPatches: [...filters.map((filter) => filterPatch(kind, filter)), ...routes],
      },
    ),
  ];
}

/** Where the proxies of callers have the listeners and routes of a table. */
const CONTEXT = { gateway: "GATEWAY", sidecars: "SIDECAR_OUTBOUND" } as const;

/** Adds a filter, switched off, to every HTTP listener of the proxies. */
function filterPatch(of: CallersPlace["kind"], { name, settings }: HttpFilter): Json {
  return {
    applyTo: "HTTP_FILTER",
    match: {
      context: CONTEXT[of],
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
function routePatch(of: CallersPlace["kind"], route: string, settings: Json): Json {
  return {
    applyTo: "HTTP_ROUTE",
    match: { context: CONTEXT[of], routeConfiguration: { vhost: { route: { name: route } } } },
    patch: { operation: "MERGE", value: { typed_per_filter_config: settings } },
  };
}
