import { ListenerProtocol } from "../args/virtual-gateway.js";
import type { Subject } from "../diagnostics/diagnostic.js";
import { isDeferred } from "../model/deferred.js";
import type { Listener, VirtualGateway } from "../model/virtual-gateway.js";
import { clustersOf } from "./callers.js";
import { portKey } from "./listeners.js";
import { type CheckContext, claim, everyOne, isFocused, type Rule } from "./rule.js";

export const sharedProxies: Rule = {
  name: "shared-proxies",
  description: "Gateways that share proxies and a port agree on whether it speaks TLS, and have different TLS hosts.",
  check(context) {
    for (const { subject, value: gateway } of everyOne(context, "VirtualGateway")) {
      gateway.listeners.forEach((listener, index) => {
        const clash = claimPort(context, subject, gateway, listener);
        if (clash !== undefined) context.findings.add("MW0311", subject, ["listeners", index, "port"], clash);
        else claimTlsHosts(context, subject, gateway, index);
      });
    }
  },
};

interface Clash {
  readonly port: number;
  readonly cluster: string;
  readonly other: string;
}

/** Takes the port in all clusters; returns the first clash with a gateway of the other protocol. */
function claimPort(
  context: CheckContext,
  subject: Subject,
  gateway: VirtualGateway,
  { targetPort: port, protocol }: Listener,
): Clash | undefined {
  if (isDeferred(port) || isDeferred(protocol)) return undefined;
  const opposite = protocol === ListenerProtocol.Https ? ListenerProtocol.Http : ListenerProtocol.Https;
  const clashes = clustersOf(context, gateway).flatMap(({ name: cluster }): Clash[] => {
    const key = portKey(gateway, cluster, port);
    claim(context, subject, `${key}/${protocol}`, subject.name);
    const other = context.claims.get(`${key}/${opposite}`);
    return other === undefined || other === subject.name ? [] : [{ port, cluster, other }];
  });
  return isFocused(context, subject) ? clashes[0] : undefined;
}

/** Takes the TLS hosts of a listener. Of two servers with one TLS host, Istio drops the later one without a word. */
function claimTlsHosts(context: CheckContext, subject: Subject, gateway: VirtualGateway, index: number): void {
  const listener = gateway.listeners[index];
  if (listener === undefined || listener.protocol !== ListenerProtocol.Https) return;
  const { targetPort: port, allowedRouteTables } = listener;
  if (isDeferred(port)) return;
  allowedRouteTables.forEach(({ host }, i) => {
    if (isDeferred(host)) return;
    const clashes = clustersOf(context, gateway).flatMap(({ name: cluster }) => {
      const key = `${portKey(gateway, cluster, port)}/HTTPS/${host.toLowerCase()}`;
      const other = claim(context, subject, key, subject.name);
      return other === undefined ? [] : [{ host, port, cluster, other }];
    });
    const path = ["listeners", index, "allowedRouteTables", i, "host"];
    if (clashes[0] !== undefined) context.findings.add("MW0310", subject, path, clashes[0]);
  });
}
