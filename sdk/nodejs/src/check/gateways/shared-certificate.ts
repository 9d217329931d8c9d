import { ListenerProtocol } from "../../args/virtual-gateway.js";
import type { Subject } from "../../diagnostics/diagnostic.js";
import { isKnown } from "../../model/deferred.js";
import type { Listener, VirtualGateway } from "../../model/virtual-gateway.js";
import { clustersOf } from "../facts/callers.js";
import { portKey, tlsHostKey } from "../facts/listeners.js";
import { type CheckContext, claim, everyOne, type Rule } from "../rule.js";

export const sharedCertificate: Rule = {
  name: "shared-certificate",
  codes: ["MW0326"],
  description: "Gateways that share proxies and an HTTPS port present different certificates.",
  check(context) {
    for (const { subject, value: gateway } of everyOne(context, "VirtualGateway"))
      gateway.listeners.forEach((listener, index) => {
        const { targetPort: port } = listener;
        const secret = certificateOf(listener);
        if (secret === undefined || !isKnown(port)) return;
        const shared = clustersOf(context, gateway).flatMap(({ name: cluster }) => {
          const key = `${portKey(gateway, cluster, port)}/certificate/${secret}`;
          const other = claim(context, subject, key, subject.name);
          return other === undefined || isHostTaken(context, subject, gateway, { listener, cluster, port })
            ? []
            : [{ secret, port, cluster, other }];
        });
        const path = ["listeners", index, "tls", "secretName"];
        if (shared[0] !== undefined) context.findings.add("MW0326", subject, path, shared[0]);
      });
  },
};

interface ListenerInCluster {
  readonly listener: Listener;
  readonly cluster: string;
  readonly port: number;
}

/** Reports whether the other gateway has one of the hosts too, which is an error of its own (MW0310). */
function isHostTaken(
  { claims }: CheckContext,
  { name }: Subject,
  gateway: VirtualGateway,
  { listener, cluster, port }: ListenerInCluster,
): boolean {
  return listener.allowedRouteTables.some(({ host }) => {
    const owner = claims.get(tlsHostKey(gateway, cluster, port, host));
    return owner !== undefined && owner !== name;
  });
}

/** Only HTTP clients send requests for other hosts over a connection that they have. */
function certificateOf({ protocol, tls }: Listener): string | undefined {
  if (protocol !== ListenerProtocol.Https || tls === undefined || !("secretName" in tls)) return undefined;
  return tls.secretName !== undefined && isKnown(tls.secretName) ? tls.secretName : undefined;
}
