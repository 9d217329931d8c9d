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
  description: "One table routes the connections of a listener, and one table a server name on a shared port.",
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

/** Istio picks the first table with a route for the listener; with TLS termination it tells tables apart by host. */
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

/** Claims part of a listener's port in all clusters of its gateway; returns the other table that claimed it first. */
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
