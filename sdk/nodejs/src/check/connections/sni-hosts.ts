import type { Path, Subject } from "../../diagnostics/diagnostic.js";
import { quote } from "../../diagnostics/words.js";
import { isDeferred, isKnown, type Leaf } from "../../model/deferred.js";
import { hostCovers } from "../../model/host.js";
import type { RouteTable } from "../../model/route-table.js";
import {
  type ConnectionListener,
  connectionListeners,
  isAtListener,
  shareAPort,
} from "../facts/connection-matchers.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

export const sniHosts: Rule = {
  name: "sni-hosts",
  codes: ["MW0220", "MW0222", "MW0224"],
  description:
    "Each SNI host of a table is covered by its hosts, allowed by the listeners it reaches, and unique per port.",
  check(context) {
    for (const { subject, value: table } of inFocus(context, "RouteTable")) {
      if (table.tls.length === 0) continue;
      const names = namesOf(table);
      const listeners = connectionListeners(context, table, "tls");
      const seen = new Map<string, ServerName[]>();
      for (const name of names) {
        if (isDeferred(name.host)) continue;
        checkTable(context, subject, table, name);
        for (const listener of listeners) checkListener(context, subject, name, listener);
        checkRepetition(context, subject, name, seen);
      }
    }
  },
};

/** A server name from a matcher's `sniHosts`. */
interface ServerName {
  readonly route: string;
  readonly host: string;
  readonly port?: Leaf<number>;
  readonly path: Path;
}

function namesOf({ tls }: RouteTable): readonly ServerName[] {
  return tls.flatMap(({ name: route, matchers }, index) =>
    matchers.flatMap(({ sniHosts = [], port }, i) =>
      sniHosts.map((host, nth) => ({
        route,
        host,
        ...(port !== undefined && { port }),
        path: ["tls", index, "matchers", i, "sniHosts", nth],
      })),
    ),
  );
}

function checkTable(context: CheckContext, subject: Subject, { hosts }: RouteTable, { route, host, path }: ServerName) {
  if (hosts.some((own) => isDeferred(own) || hostCovers(own, host))) return;
  context.findings.add("MW0220", subject, path, { route, host, hosts });
}

/** Istio attaches all SNI hosts of a matcher to every listener that has one of the table's hosts. */
function checkListener(
  context: CheckContext,
  subject: Subject,
  { host, port: wanted, path }: ServerName,
  { gateway, listener, hosts }: ConnectionListener,
): void {
  const { port } = listener;
  const isThere = isAtListener({ ...(wanted !== undefined && { port: wanted }) }, listener);
  if (isThere !== true || isDeferred(port) || hosts.length < listener.allowedRouteTables.length) return;
  if (hosts.some((allowed) => hostCovers(allowed, host))) return;
  context.findings.add("MW0224", subject, path, { host, gateway, port, allowed: [...new Set(hosts)] });
}

function checkRepetition(context: CheckContext, subject: Subject, name: ServerName, seen: Map<string, ServerName[]>) {
  const { host, port, path } = name;
  const others = seen.get(host) ?? [];
  const first = others.find((other) => (port === undefined || isKnown(port)) && shareAPort(other.port, port));
  if (first !== undefined) context.findings.add("MW0222", subject, path, { host, by: `route ${quote(first.route)}` });
  else seen.set(host, [...others, name]);
}
