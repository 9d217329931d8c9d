import type { PlannedListenerPolicies } from "../plan/listener-policies.js";
import type { Door } from "./door.js";
import { type Entry, firstFailure, namesOf } from "./entry.js";
import type { Incoming } from "./incoming.js";
import type { Passage } from "./passage.js";
import { isConnection } from "./request.js";
import type { Server } from "./server.js";
import type { MatcherVerdict, RouteVerdict, Trace } from "./trace.js";

/** Tells how a decision came about; asks every route again, up to the one that took the request. */
export function traceOf(passage: Passage): Trace {
  const { request, door, chain, serverName, virtualHost, incoming, isRouted } = passage;
  const server = virtualHost?.server ?? (chain?.servers.length === 1 ? chain.servers[0] : undefined);
  const { host } = request;
  const path = isConnection(request) ? "" : request.path;
  const passed = chain?.kind === "connections" ? chain : undefined;
  return {
    ...(server && door && serverPart(server, door, passage.access)),
    ...(serverName !== undefined && { serverName }),
    ...(host !== undefined && { host: { asked: host, ...(virtualHost && { chosen: virtualHost.domain }) } }),
    ...(incoming && incoming.path !== path.split("?", 1)[0] && { path: incoming.path }),
    tables: passed ? [passed.table.maker.name] : (isRouted && virtualHost?.tables) || [],
    routes: passed
      ? [{ table: passed.table.maker.name, route: passed.route.name, took: true, matchers: [] }]
      : virtualHost && incoming && isRouted
        ? verdicts(virtualHost.entries, incoming)
        : [],
  };
}

function serverPart(
  { gateway, listener }: Server,
  { port, boundPort, chains }: Door,
  access: Passage["access"],
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

/** The verdict on every route that was tried. */
export function verdicts(entries: readonly Entry[], request: Incoming): readonly RouteVerdict[] {
  const routes: RouteVerdict[] = [];
  let matchers: MatcherVerdict[] = [];
  for (const [place, entry] of entries.entries()) {
    const failed = firstFailure(entry, request);
    const took = failed === undefined;
    if (entry.matcher) matchers.push({ matcher: entry.matcher.index, took, ...(failed && { failed }) });
    if (!took && entries[place + 1]?.route === entry.route) continue;
    routes.push({ ...namesOf(entry), took, matchers });
    if (took) break;
    matchers = [];
  }
  return routes;
}
