/** What VirtualServices say, for expressions. */

/** Variables: the hosts of a VirtualService in small letters, its gateways, and its routes. */
export const routeVariables: Readonly<Record<string, string>> = {
  hosts: "object.?spec.?hosts.orValue([]).map(h, h.lowerAscii())",
  gateways: "object.?spec.?gateways.orValue([])",
  http: "object.?spec.?http.orValue([])",
  tls: "object.?spec.?tls.orValue([])",
  tcp: "object.?spec.?tcp.orValue([])",
};

/** Whether the VirtualService, or a match in it, names a gateway for which a predicate about `g` holds. */
export function namesGateway(predicate: string): string {
  const inMatches = ["http", "tls", "tcp"].map(
    (routes) =>
      `variables.${routes}.exists(r, r.?match.orValue([]).exists(m, m.?gateways.orValue([]).exists(g, ${predicate})))`,
  );
  return [`variables.gateways.exists(g, ${predicate})`, ...inMatches].join(" || ");
}
