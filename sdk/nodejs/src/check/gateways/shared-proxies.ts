import { ListenerProtocol } from "../../args/virtual-gateway.js";
import type { Subject } from "../../diagnostics/diagnostic.js";
import { isDeferred } from "../../model/deferred.js";
import type { Listener, VirtualGateway } from "../../model/virtual-gateway.js";
import { clustersOf } from "../facts/callers.js";
import { portKey, tlsHostKey } from "../facts/listeners.js";
import { type CheckContext, claim, everyOne, isFocused, type Rule } from "../rule.js";

export const sharedProxies: Rule = {
  name: "shared-proxies",
  codes: ["MW0310", "MW0311", "MW0324"],
  description:
    "Gateways that share proxies and a port agree on TLS, HTTP or TCP, have distinct TLS hosts, and share no TCP port.",
  check(context) {
    for (const { subject, value: gateway } of everyOne(context, "VirtualGateway")) {
      gateway.listeners.forEach((listener, index) => {
        const clash = claimPort(context, subject, gateway, listener);
        const path = ["listeners", index, "port"];
        if (clash?.isTcp === true) context.findings.add("MW0324", subject, path, clash.facts);
        else if (clash !== undefined) context.findings.add("MW0311", subject, path, clash.facts);
        else claimTlsHosts(context, subject, gateway, index);
      });
    }
  },
};

interface Clash {
  /** True if both listen for TCP: for HTTP and TLS, proxies merge all listeners that share a port. */
  readonly isTcp: boolean;
  readonly facts: { readonly port: number; readonly cluster: string; readonly other: string };
}

/** The protocol of a port for all gateways that share it: TLS hosts stay distinct with or without HTTP inside. */
const SPEAKS = {
  [ListenerProtocol.Http]: "HTTP",
  [ListenerProtocol.Https]: "TLS",
  [ListenerProtocol.Tls]: "TLS",
  [ListenerProtocol.Tcp]: "TCP",
} as const;

/** Claims the port in all clusters; returns the first conflict with another gateway. */
function claimPort(
  context: CheckContext,
  subject: Subject,
  gateway: VirtualGateway,
  { targetPort: port, protocol }: Listener,
): Clash | undefined {
  if (isDeferred(port) || isDeferred(protocol)) return undefined;
  const own = SPEAKS[protocol];
  const clashes = clustersOf(context, gateway).flatMap(({ name: cluster }): Clash[] => {
    const key = portKey(gateway, cluster, port);
    claim(context, subject, `${key}/${own}`, subject.name);
    return (["HTTP", "TLS", "TCP"] as const).flatMap((spoken): Clash[] => {
      if (spoken === own && own !== "TCP") return [];
      const other = context.claims.get(`${key}/${spoken}`);
      if (other === undefined || other === subject.name) return [];
      return [{ isTcp: spoken === own, facts: { port, cluster, other } }];
    });
  });
  return isFocused(context, subject) ? clashes[0] : undefined;
}

/** Claims the TLS hosts of a listener. If two servers have the same TLS host, Istio silently drops the later one. */
function claimTlsHosts(context: CheckContext, subject: Subject, gateway: VirtualGateway, index: number): void {
  const listener = gateway.listeners[index];
  if (listener === undefined || isDeferred(listener.protocol) || SPEAKS[listener.protocol] !== "TLS") return;
  const { targetPort: port, allowedRouteTables } = listener;
  if (isDeferred(port)) return;
  allowedRouteTables.forEach(({ host }, i) => {
    if (isDeferred(host)) return;
    const clashes = clustersOf(context, gateway).flatMap(({ name: cluster }) => {
      const key = tlsHostKey(gateway, cluster, port, host);
      const other = claim(context, subject, key, subject.name);
      return other === undefined ? [] : [{ host, port, cluster, other }];
    });
    const path = ["listeners", index, "allowedRouteTables", i, "host"];
    if (clashes[0] !== undefined) context.findings.add("MW0310", subject, path, clashes[0]);
  });
}
