import type { Path, Subject } from "../../diagnostics/diagnostic.js";
import { quote } from "../../diagnostics/words.js";
import { isDeferred } from "../../model/deferred.js";
import { type Listener, sortServedBy } from "../../model/virtual-gateway.js";
import { connectionListeners, keysAt, serverNamesAt } from "../facts/connection-matchers.js";
import { type CheckContext, claim, everyOne, isFocused, type Rule } from "../rule.js";

export const openedServerNames: Rule = {
  name: "opened-server-names",
  codes: ["MW0325"],
  description:
    "No server name that a table passes on is a host of a gateway that opens TLS at the same port of the same proxies.",
  check(context) {
    for (const { subject, value: gateway } of everyOne(context, "VirtualGateway"))
      gateway.listeners.forEach((listener, index) => {
        if (!opensTls(listener)) return;
        listener.allowedRouteTables.forEach(({ host }, i) => {
          if (isDeferred(host)) return;
          const keys = (what: string) => keysAt(context, gateway, listener, `${what}/${host.toLowerCase()}`);
          for (const key of keys("opened")) claim(context, subject, key, subject.name);
          const path = ["listeners", index, "allowedRouteTables", i, "host"];
          report({ context, subject, path, host, listener, kind: "RouteTable" }, keys("sni"));
        });
      });
    for (const { subject, value: table } of everyOne(context, "RouteTable")) {
      if (table.tls.length === 0) continue;
      for (const { gateway, listener } of connectionListeners(context, table, "tls"))
        for (const { host, path } of serverNamesAt(table, listener)) {
          const keys = keysAt(context, context.model.VirtualGateway.get(gateway), listener, `opened/${host}`);
          report({ context, subject, path, host, listener, kind: "VirtualGateway" }, keys);
        }
    }
  },
};

/** True if a listener terminates TLS. */
function opensTls({ protocol, tls }: Listener): boolean {
  return tls !== undefined && !isDeferred(tls.mode) && ["http", "tcp"].includes(sortServedBy({ protocol, tls }) ?? "");
}

/** Where a server name is, and of which kind its other owner is. */
interface Opening {
  readonly context: CheckContext;
  readonly subject: Subject;
  readonly path: Path;
  readonly host: string;
  readonly listener: Listener;
  readonly kind: "RouteTable" | "VirtualGateway";
}

function report({ context, subject, path, host, listener, kind }: Opening, keys: readonly string[]): void {
  const { port } = listener;
  const other = keys.map((key) => context.claims.get(key)).find((each) => each !== undefined);
  if (other === undefined || isDeferred(port) || !isFocused(context, subject)) return;
  context.findings.add("MW0325", subject, path, { host, port, by: `${kind} ${quote(other)}` });
}
