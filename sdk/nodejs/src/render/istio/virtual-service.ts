/** Maps route tables and entrances to `VirtualService` of networking.istio.io/v1. */
import type { RedirectCode } from "../../args/route-table.js";
import { dnsName } from "../../kube/names.js";
import type { Json, KubeObject } from "../../kube/object.js";
import { derive, isKnown } from "../../model/deferred.js";
import type { PathRewrite } from "../../model/route.js";
import { REDIRECT_STATUS } from "../../model/route.js";
import { callersOf, plannedHomeOf } from "../../plan/callers.js";
import type { Labels, PlannedTarget } from "../../plan/planned-target.js";
import type {
  PlannedAction,
  PlannedConnectionRoute,
  PlannedEntrance,
  PlannedPort,
  PlannedRoute,
  PlannedRoutes,
  PlannedRouteTable,
  PlannedSidecarTable,
} from "../../plan/types.js";
import { renderDestination } from "./destination.js";
import { envoyRouteName, renderEnvoyFilter } from "./envoy-filter.js";
import { eastWestGatewayName, terminationHosts } from "./gateway.js";
import { renderMatchers } from "./match.js";
import { istioObject, type SuppressedFinding, unlessEmpty } from "./object.js";
import { renderRoutePolicies } from "./route-policy.js";

/**
 * Renders a table for some callers: its filters and one VirtualService, because Istio does not define an order among
 * several for the same host.
 */
export type RouteTableRenderer = (table: PlannedRouteTable | PlannedSidecarTable) => readonly KubeObject[];

/**
 * Returns a renderer for all clusters of a plan: tables and routes that clusters share are rendered once and stay
 * shared.
 */
export function routeTableRenderer(): RouteTableRenderer {
  const route = once(renderRoute);
  return once((table) => [renderRouteTable(table, route), ...renderEnvoyFilter(table)]);
}

function once<Planned, Rendered>(render: (planned: Planned) => Rendered): (planned: Planned) => Rendered {
  const known = new Map<Planned, Rendered>();
  return (planned) => {
    const rendered = known.get(planned) ?? render(planned);
    known.set(planned, rendered);
    return rendered;
  };
}

type Fields = { readonly [field: string]: Json };

function renderRouteTable(
  table: PlannedRouteTable | PlannedSidecarTable,
  renderRoute: (route: PlannedRoute) => Fields,
): KubeObject {
  const { namespace, part, labels, kind } = callersOf(table);
  const home = plannedHomeOf(table);
  const isNear = home === namespace;
  const of = kind === "sidecars" && Object.keys(labels).length > 0 ? labels : undefined;
  return istioObject(
    "VirtualService",
    table.maker,
    { namespace: home, part, suppressed: findingsToSuppress(table, isNear) },
    {
      exportTo: [isNear ? "." : namespace],
      // SNI hosts are in lower case, and Istio's webhook compares them with the hosts as written
      hosts: table.tls === undefined ? table.hosts : table.hosts.map((host) => host.toLowerCase()),
      gateways: "gateway" in table ? [`${namespace}/${dnsName(table.gateway.name)}`] : ["mesh"],
      http: unlessEmpty(
        table.routes.map((route) => {
          const name = envoyRouteName(table, route);
          const rendered = name === route.name ? renderRoute(route) : { ...renderRoute(route), name };
          return of === undefined ? rendered : withSourceLabels(rendered, of);
        }),
      ),
      tls: table.tls?.map((route) => withSourceLabels(renderConnectionRoute(route), of)),
      tcp: table.tcp?.map((route) => withSourceLabels(renderConnectionRoute(route), of)),
    },
  );
}

/** Limits a route to callers with these labels. Istio evaluates them when it generates a proxy's configuration. */
function withSourceLabels({ match, ...route }: Fields, sourceLabels: Labels | undefined): Fields {
  if (sourceLabels === undefined) return { ...(match !== undefined && { match }), ...route };
  const matches = (match ?? [{}]) as readonly { readonly [field: string]: Json }[];
  return { ...route, match: matches.map((each) => ({ ...each, sourceLabels })) };
}

function findingsToSuppress(
  table: PlannedRouteTable | PlannedSidecarTable,
  isNear: boolean,
): readonly SuppressedFinding[] {
  const claims = table.routes.some(({ matchers }) => matchers.some((each) => each.claims));
  return [
    ...(usesDistantRules(table, isNear) ? (["IST0101"] as const) : []),
    ...(claims ? (["IST0149"] as const) : []),
  ];
}

/** Reports whether routes choose subsets whose rule is not in the callers' namespace. */
function usesDistantRules({ routes, tls = [], tcp = [], chosenSubsets }: PlannedRoutes, isNear: boolean): boolean {
  const near = new Set(isNear ? chosenSubsets.map(({ host }) => host) : []);
  const isDistant = ({ subset, host }: PlannedTarget): boolean => subset !== undefined && !near.has(host);
  const targets = [
    ...routes.map(({ action }) => (action.kind === "forward" ? action.targets : [])),
    ...[...tls, ...tcp].map((route) => route.targets),
    ...routes.map(({ policies }) => (policies?.MirrorPolicy?.targets ? [policies.MirrorPolicy.targets.server] : [])),
  ];
  return targets.some((each) => each.some(isDistant));
}

/** Istio has no names for connection routes. */
function renderConnectionRoute({ matchers, targets }: PlannedConnectionRoute): Fields {
  // a matcher without conditions takes everything, and Istio then requires no match at all
  const isOpen = matchers.some(({ port, sniHosts }) => port === undefined && sniHosts === undefined);
  const match = isOpen ? [] : matchers.map((matcher) => ({ ...matcher }));
  return { ...(match.length > 0 && { match }), route: renderTargets(targets) };
}

function renderRoute(route: PlannedRoute): Fields {
  const match = renderMatchers(route.matchers);
  return {
    name: route.name,
    ...(match && { match }),
    ...renderAction(route.action),
    ...(route.policies && renderRoutePolicies(route.policies)),
  };
}

function renderAction(action: PlannedAction): { readonly [key: string]: Json } {
  switch (action.kind) {
    case "forward":
      return { ...renderRewrite(action.path, action.host), route: renderTargets(action.targets) };
    case "redirect":
      return {
        redirect: {
          ...(action.host !== undefined && { authority: action.host }),
          ...(action.path !== undefined && { uri: action.path }),
          redirectCode: derive([action.code], () => REDIRECT_STATUS[action.code as RedirectCode]),
        },
      };
    case "directResponse":
      return {
        directResponse: { status: action.status, ...(action.body !== undefined && { body: { string: action.body } }) },
      };
  }
}

function renderRewrite(path: PathRewrite | undefined, host: string | undefined): { readonly rewrite?: Json } {
  if (path === undefined && host === undefined) return {};
  const uri =
    path?.kind === "replace"
      ? { uri: path.value }
      : path && { uriRegexRewrite: { match: path.pattern, rewrite: path.substitution } };
  return { rewrite: { ...uri, ...(host !== undefined && { authority: host }) } };
}

function renderTargets(targets: readonly PlannedTarget[]): readonly Json[] {
  return targets.map((target) => ({
    destination: renderDestination(target),
    ...(targets.length > 1 && { weight: target.weight }),
    ...(target.setHost !== undefined && { headers: { request: { set: { host: target.setHost } } } }),
  }));
}

/** Renders the plaintext entrance of a destination: requests for its host go to the backends of this cluster only. */
export function renderPlaintextEntrance(entrance: PlannedEntrance): KubeObject {
  const { gateway } = entrance;
  return istioObject(
    "VirtualService",
    entrance.maker,
    { namespace: gateway.namespace, part: [...entrance.part, "east-west", "entrance"] },
    {
      exportTo: ["."],
      hosts: entrance.hosts,
      gateways: [eastWestGatewayName(gateway)],
      http: entranceRoutes(entrance),
    },
  );
}

/** With several ports, the Host header distinguishes them; the first one also takes requests without a port in it. */
function entranceRoutes({ hosts, ports, localHost }: PlannedEntrance): Json[] {
  const to = (port: PlannedPort): Json => [{ destination: { host: localHost, port: { number: port.number } } }];
  const named = ports.slice(1).map((port) => ({
    name: port.name,
    match: hosts.map((host) => ({
      authority: { exact: isKnown(port.number) && port.number === 80 ? host : `${host}:${port.number}` },
    })),
    route: to(port),
  }));
  const first = ports[0];
  return first === undefined ? named : [...named, { name: first.name, route: to(first) }];
}

/** Routes the traffic that a terminating east-west gateway decrypts to the backends of this cluster. */
export function renderTerminationRoutes(entrance: PlannedEntrance): KubeObject {
  const { gateway, localHost } = entrance;
  const port = entrance.ports[0];
  const part = [...entrance.part, "east-west", "termination"];
  return istioObject(
    "VirtualService",
    entrance.maker,
    { namespace: gateway.namespace, part },
    {
      exportTo: ["."],
      hosts: terminationHosts(entrance),
      gateways: [`${gateway.namespace}/${dnsName(entrance.maker.name, ...part)}`],
      tcp: [
        {
          match: [{ port: gateway.port }],
          route: [{ destination: { host: localHost, port: { number: port?.number ?? 0 } } }],
        },
      ],
    },
  );
}
