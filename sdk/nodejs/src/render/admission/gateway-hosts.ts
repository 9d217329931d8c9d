/** Assigns a gateway's hosts to teams, listener by listener: routes bind to every listener that has their host. */
import type { PlannedGatewayGuard, PlannedGuardedListener } from "../../plan/guards.js";
import { celList, celText, map } from "./cel.js";

/** Hosts with more labels belong to nobody: not all of their wildcards are looked up. */
const MOST_LABELS = 16;

/** Stands for everyone among the teams of a host. */
const EVERYBODY = "";

/**
 * Variables: the gateway's listeners by index; for each one the kind of routes it serves, its ports, and the teams of
 * its hosts, as a map because there may be many.
 */
export function listenerVariables({ listeners }: PlannedGatewayGuard): Readonly<Record<string, string>> {
  return {
    listeners: `[${listeners.map((_, index) => index).join(", ")}]`,
    sorts: celList(listeners.map(({ sort }) => sort)),
    ports: `[${listeners.map(({ ports }) => celList(ports.map(String))).join(", ")}]`,
    teamsOfHosts: `[${listeners.map(teamsOfHosts).join(", ")}]`,
  };
}

function teamsOfHosts({ allowed }: PlannedGuardedListener): string {
  const known = new Map<string, Set<string>>();
  for (const { host, teams = [EVERYBODY] } of allowed) {
    const key = host.toLowerCase();
    known.set(key, new Set([...(known.get(key) ?? []), ...teams]));
  }
  return map([...known].map(([host, teams]) => [host, celList([...teams])]));
}

/**
 * Variables about an object whose hosts and routes are variables too: its kinds of routes, the listeners that they
 * could bind to, and for each host the names that cover it.
 *
 * Istio: routes of a kind go to listeners of that kind (createGatewayTCPFilterChainOpts, buildGatewayHTTPRouteConfig);
 * a port in a match limits them to listeners of that port.
 */
export function bindingVariables(nameOf: (variable: string) => string): Readonly<Record<string, string>> {
  const variable = (name: string): string => `variables.${nameOf(name)}`;
  const sorts = ["http", "tls", "tcp"];
  const counts = Array.from({ length: MOST_LABELS - 1 }, (_, index) => index + 1).join(", ");
  const atPort = "m.?port.orValue(0) == 0 || string(m.port) in variables.ports[i]";
  const mayServe = (sort: string): string =>
    `(variables.sorts[i] == ${celText(sort)} && ${variable(sort)}.exists(r, ` +
    `r.?match.orValue([]).size() == 0 || r.match.exists(m, ${atPort})))`;
  return {
    [nameOf("kinds")]: `${celList(sorts)}.filter(s, ${sorts
      .map((sort) => `(s == ${celText(sort)} && ${variable(sort)}.size() > 0)`)
      .join(" || ")})`,
    [nameOf("bindings")]: `variables.listeners.filter(i, ${sorts.map(mayServe).join(" || ")})`,
    [nameOf("names")]:
      `${variable("hosts")}.map(h, [h, "*"] + ` +
      `[${counts}].filter(n, h.split(".").size() > n).map(n, "*." + h.split(".", n + 1)[n]))`,
  };
}

/**
 * Returns the names that the sender may not use: no listener for one of the routes' kinds grants the host to the
 * sender, or a listener that they could bind to grants it to others.
 */
export function notGiven(nameOf: (variable: string) => string): string {
  const own = "variables.teamsOfHosts[i][c]";
  const isOwn = `${own}.exists(t, t == ${celText(EVERYBODY)} || ${isTeamOfUser("t")})`;
  const isGiven = `n.exists(c, c in variables.teamsOfHosts[i] && ${isOwn})`;
  const isOfOthers = `n.exists(c, c in variables.teamsOfHosts[i] && !(${isOwn}))`;
  // a wildcard also matches the hosts below it
  const isBelow = `c.endsWith(n[0].substring(1)) && !(${isOwn})`;
  const hasOthers = `(n[0].startsWith("*") && variables.teamsOfHosts[i].exists(c, ${isBelow}))`;
  return (
    `variables.${nameOf("names")}.filter(n, n[0].split(".").size() > ${MOST_LABELS} || ` +
    `variables.${nameOf("kinds")}.size() == 0 || ` +
    `!variables.${nameOf("kinds")}.all(s, variables.listeners.exists(i, variables.sorts[i] == s && ${isGiven})) || ` +
    `!variables.${nameOf("bindings")}.all(i, ${isGiven} || !(${isOfOthers} || ${hasOthers})))`
  );
}

/** Tests whether the sender belongs to a team. */
export function isTeamOfUser(team: string): string {
  return `${team} in variables.teamsOfUser || variables.teamsOfGroups.exists(ts, ${team} in ts)`;
}
