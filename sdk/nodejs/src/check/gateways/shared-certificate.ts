import { ListenerProtocol } from "../../args/virtual-gateway.js";
import { isKnown } from "../../model/deferred.js";
import type { Listener } from "../../model/virtual-gateway.js";
import { clustersOf } from "../facts/callers.js";
import { portKey } from "../facts/listeners.js";
import { claim, everyOne, type Rule } from "../rule.js";

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
          return other === undefined ? [] : [{ secret, port, cluster, other }];
        });
        const path = ["listeners", index, "tls", "secretName"];
        if (shared[0] !== undefined) context.findings.add("MW0326", subject, path, shared[0]);
      });
  },
};

/** Only HTTP clients send requests for other hosts over a connection that they have. */
function certificateOf({ protocol, tls }: Listener): string | undefined {
  if (protocol !== ListenerProtocol.Https || tls === undefined || !("secretName" in tls)) return undefined;
  return tls.secretName !== undefined && isKnown(tls.secretName) ? tls.secretName : undefined;
}
