/** Fields of VirtualServices, as CEL expressions. */
import { celText, isCoveredBy } from "./cel.js";
import type { Validation } from "./policy.js";

/** Variables: the hosts of a VirtualService in lower case, its gateways and its routes. */
export const routeVariables: Readonly<Record<string, string>> = {
  hosts: "object.?spec.?hosts.orValue([]).map(h, h.lowerAscii())",
  gateways: "object.?spec.?gateways.orValue([])",
  http: "object.?spec.?http.orValue([])",
  tls: "object.?spec.?tls.orValue([])",
  tcp: "object.?spec.?tcp.orValue([])",
};

/** The same for the object before the request, as `formerHosts` and so on; empty on creation. */
export const formerRouteVariables: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(routeVariables).map(([name, expression]) => [
    former(name),
    `request.operation == "CREATE" ? [] : ${expression.replace(/^object/, "oldObject")}`,
  ]),
);

/** Returns the variable that holds the former object's value of this one. */
export function former(variable: string): string {
  return `former${variable.charAt(0).toUpperCase()}${variable.slice(1)}`;
}

/** Tests whether the VirtualService, or a match in it, names a gateway for which a predicate about `g` holds. */
export function namesGateway(predicate: string): string {
  const inMatches = ["http", "tls", "tcp"].map(
    (routes) =>
      `variables.${routes}.exists(r, r.?match.orValue([]).exists(m, m.?gateways.orValue([]).exists(g, ${predicate})))`,
  );
  return [`variables.gateways.exists(g, ${predicate})`, ...inMatches].join(" || ");
}

/**
 * Requires SNI hosts to be among the object's hosts: without Istio's webhook, nothing else keeps a route from capturing
 * connections to others' hosts.
 */
export function serverNameRule(unless = "false"): Validation {
  const isOwn = isCoveredBy("s", "variables.hosts");
  const isStrange = `m.?sniHosts.orValue([]).map(s, s.lowerAscii()).exists(s, !(${isOwn}))`;
  return {
    expression: `${unless} || !variables.tls.exists(r, r.?match.orValue([]).exists(m, ${isStrange}))`,
    message: "a route takes connections for a server name that is no host of the object",
    sentence: celText(
      "a route in `tls` has a server name that `hosts` does not cover, expected names among `hosts`: " +
        "change `sniHosts`, or add the name to `hosts`",
    ),
  };
}

/** Names of the variables that `strayVariables` defines. */
export const STRAY = ["strayHttp", "strayTls", "strayTcp"] as const;

/** Variables: for each route with destination hosts `h`, in lower case, that satisfy a predicate, these hosts. */
export function strayVariables(isStray: string): Readonly<Record<(typeof STRAY)[number], string>> {
  return {
    strayHttp: strayIn("http", isStray, [HTTP_MIRRORS, HTTP_MIRROR]),
    strayTls: strayIn("tls", isStray),
    strayTcp: strayIn("tcp", isStray),
  };
}

const HTTP_MIRRORS = `r.?mirrors.orValue([]).map(d, d.?destination.?host.orValue(""))`;
const HTTP_MIRROR = `[r.?mirror.?host.orValue("")]`;

function strayIn(routes: string, isStray: string, more: readonly string[] = []): string {
  const targets = [`r.?route.orValue([]).map(d, d.?destination.?host.orValue(""))`, ...more].join(" + ");
  const stray = `(${targets}).map(h, h.lowerAscii()).filter(h, h != "" && ${isStray})`;
  return `variables.${routes}.map(r, ${stray}).filter(s, s.size() > 0)`;
}
