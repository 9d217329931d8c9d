import type { PlannedListenerPolicies } from "../plan/listener-policies.js";
import type { BoundListener } from "./bound-listener.js";
import { type EnvoyRoute, firstFailure, routeNamesOf } from "./envoy-route.js";
import type { GatewayEvaluation } from "./gateway-evaluation.js";
import type { Incoming } from "./incoming.js";
import { isConnection } from "./request.js";
import type { Server } from "./server.js";
import type { MatcherVerdict, RouteVerdict, Trace } from "./trace.js";

/** Explains a decision by evaluating every route again, up to the one that matched the request. */
export function traceOf(evaluation: GatewayEvaluation): Trace {
  const { request, boundListener, chain, serverName, virtualHost, incoming, isRouted } = evaluation;
  const server = virtualHost?.server ?? (chain?.servers.length === 1 ? chain.servers[0] : undefined);
  const { host } = request;
  const path = isConnection(request) ? "" : request.path;
  const passed = chain?.kind === "connections" ? chain : undefined;
  return {
    ...(server && boundListener && serverPart(server, boundListener, evaluation.access)),
    ...(serverName !== undefined && { serverName }),
    ...(host !== undefined && { host: { asked: host, ...(virtualHost && { chosen: virtualHost.domain }) } }),
    ...(incoming && incoming.path !== path.split("?", 1)[0] && { path: incoming.path }),
    tables: passed ? [passed.table.maker.name] : (isRouted && virtualHost?.tables) || [],
    routes: passed
      ? [{ table: passed.table.maker.name, route: passed.route.name, took: true, matchers: [] }]
      : virtualHost && incoming && isRouted
        ? verdicts(virtualHost.envoyRoutes, incoming)
        : [],
  };
}

function serverPart(
  { gateway, listener }: Server,
  { port, boundPort, chains }: BoundListener,
  access: GatewayEvaluation["access"],
): Pick<Trace, "gateway" | "listener"> {
  const { protocol, hosts } = listener;
  const shared = chains.flatMap(({ servers }) => servers.flatMap((each) => each.listener.policies ?? []));
  const policies: PlannedListenerPolicies = Object.assign({}, ...shared);
  return {
    gateway: { name: gateway.maker.name, namespace: gateway.namespace },
    listener: {
      port,
      boundPort,
      protocol,
      hosts,
      ...(shared.length > 0 && { policies }),
      ...(access.length > 0 && { access }),
    },
  };
}

/** Returns the verdict on every route that was evaluated. */
export function verdicts(envoyRoutes: readonly EnvoyRoute[], request: Incoming): readonly RouteVerdict[] {
  const routes: RouteVerdict[] = [];
  let matchers: MatcherVerdict[] = [];
  for (const [place, envoyRoute] of envoyRoutes.entries()) {
    const failed = firstFailure(envoyRoute, request);
    const took = failed === undefined;
    if (envoyRoute.matcher) matchers.push({ matcher: envoyRoute.matcher.index, took, ...(failed && { failed }) });
    if (!took && envoyRoutes[place + 1]?.route === envoyRoute.route) continue;
    routes.push({ ...routeNamesOf(envoyRoute), took, matchers });
    if (took) break;
    matchers = [];
  }
  return routes;
}
