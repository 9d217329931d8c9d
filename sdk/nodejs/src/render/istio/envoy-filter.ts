/**
 * Maps policies without an Istio field to `EnvoyFilter` of networking.istio.io/v1alpha3. Tested with upstream Envoy
 * 1.40 and istiod 1.31.
 */

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
import type { HttpFilter, HttpFilterRenderer } from "./http-filter.js";
import { jwtFilters } from "./jwt-filters.js";
import { localRateLimitFilters } from "./local-rate-limit-filter.js";
import { istioObject } from "./object.js";
import { transformationFilters } from "./transformation-filters.js";

/** Renderers of each kind's filters; `OWN_FILTERS` defines their order. */
const FILTER_RENDERERS: Readonly<Record<OwnFilterKind, readonly HttpFilterRenderer[]>> = {
  CompressionPolicy: [compressionFilters],
  CSRFPolicy: [csrfFilters],
  JWTPolicy: [jwtFilters],
  ExtAuthPolicy: [extAuthFilters],
  RateLimitPolicy: [localRateLimitFilters, globalRateLimitFilters],
  HTTPBufferPolicy: [bufferFilters],
  TransformationPolicy: [transformationFilters],
};

/**
 * Above the default of 0, so that others' filters come first; `istioctl analyze` asks for an explicit priority
 * (IST0151).
 */
export const FILTER_PRIORITY = 10;

/**
 * Names a route as the table's VirtualService does. Route names contain no slash, so no other table of the proxies has
 * the same name.
 */
export function envoyRouteName(
  table: PlannedRouteTable | PlannedSidecarTable,
  { name, policies }: PlannedRoute,
): string {
  const needsFilter = policies !== undefined && OWN_FILTERS.some((kind) => policies[kind] !== undefined);
  return needsFilter ? uniqueName(scopeOf(table), name) : name;
}

/** The table's unique name among all tables of its proxies. */
function scopeOf(table: PlannedRouteTable | PlannedSidecarTable): string {
  return dnsName(table.maker.name, ...callersOf(table).part);
}

function uniqueName(scope: string, route: string): string {
  return `${scope}/${route}`;
}

/** Renders the filters of a table for some callers: one object, or none if no route needs a filter. */
export function renderEnvoyFilter(table: PlannedRouteTable | PlannedSidecarTable): readonly KubeObject[] {
  const { namespace, part, labels, kind } = callersOf(table);
  const scope = scopeOf(table);
  const filters = OWN_FILTERS.flatMap((kind) => FILTER_RENDERERS[kind].flatMap((render) => render(table, scope)));
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
        // without labels it selects all proxies of the namespace, and the patches match only sidecars
        ...(Object.keys(labels).length > 0 && { workloadSelector: { labels } }),
        configPatches: [...filters.map((filter) => filterPatch(kind, filter)), ...routes],
      },
    ),
  ];
}

/** EnvoyFilter context in which callers' proxies have a table's listeners and routes. */
const CONTEXT = { gateway: "GATEWAY", sidecars: "SIDECAR_OUTBOUND" } as const;

/** Adds a disabled filter to every HTTP listener of the proxies. */
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

/** Enables filters for a route wherever it appears: for each of its matchers and hosts, on every listener. */
function routePatch(of: CallersPlace["kind"], route: string, settings: Json): Json {
  return {
    applyTo: "HTTP_ROUTE",
    match: { context: CONTEXT[of], routeConfiguration: { vhost: { route: { name: route } } } },
    patch: { operation: "MERGE", value: { typed_per_filter_config: settings } },
  };
}
