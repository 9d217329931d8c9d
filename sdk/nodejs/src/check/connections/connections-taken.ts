import type { Subject } from "../../diagnostics/diagnostic.js";
import { isDeferred } from "../../model/deferred.js";
import type { RouteTable } from "../../model/route-table.js";
import {
  type ConnectionListener,
  connectionListeners,
  isAtListener,
  keysAt,
  serverNamesAt,
} from "../facts/connection-matchers.js";
import { type CheckContext, claim, everyOne, type Rule } from "../rule.js";

export const connectionsTaken: Rule = {
  name: "connections-taken",
  codes: ["MW0321", "MW0322"],
  description: "Connections of one listener, and one server name at a port of some proxies, are routed by one table.",
  check(context) {
    for (const { subject, value: table } of everyOne(context, "RouteTable")) {
      if (table.tcp.length > 0)
        for (const listener of connectionListeners(context, table, "tcp"))
          claimListener(context, subject, table, listener);
      if (table.tls.length > 0)
        for (const listener of connectionListeners(context, table, "tls"))
          claimNames(context, subject, table, listener);
    }
  },
};

/** Of several tables Istio takes the first that has a route for the listener; those that open TLS are told apart by their hosts. */
function claimListener(context: CheckContext, subject: Subject, table: RouteTable, at: ConnectionListener): void {
  const { gateway, listener, hosts } = at;
  const index = table.tcp.findIndex(
    ({ matchers }) => matchers.length === 0 || matchers.some((matcher) => isAtListener(matcher, listener)),
  );
  const { port } = listener;
  if (index < 0 || isDeferred(port)) return;
  const server = listener.tls === undefined ? "" : [...hosts].sort().join();
  const other = claimAt(context, subject, at, `tcp/${server.toLowerCase()}`);
  if (other !== undefined) context.findings.add("MW0321", subject, ["tcp", index], { gateway, port, other });
}

function claimNames(context: CheckContext, subject: Subject, table: RouteTable, at: ConnectionListener): void {
  const { listener } = at;
  const { port } = listener;
  if (isDeferred(port)) return;
  for (const { host, path } of serverNamesAt(table, listener)) {
    const other = claimAt(context, subject, at, `sni/${host}`);
    if (other !== undefined) context.findings.add("MW0322", subject, path, { host, port, other });
  }
}

/** Takes something of a listener's port in all clusters of its gateway; returns the other table that had it before. */
function claimAt(
  context: CheckContext,
  subject: Subject,
  { gateway, listener }: ConnectionListener,
  what: string,
): string | undefined {
  const keys = keysAt(context, context.model.VirtualGateway.get(gateway), listener, what);
  const others = keys.map((key) => claim(context, subject, key, subject.name));
  return others.find((other) => other !== undefined);
}
