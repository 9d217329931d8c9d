/** Maps the TLS that pods require of connections to `PeerAuthentication` of security.istio.io/v1. */
import type { KubeObject, Maker } from "../../kube/object.js";
import type { PlannedAccess } from "../../plan/planned-access.js";
import { perProxies } from "./authorization-policy.js";
import { istioObject } from "./object.js";

/** Renders one object for each pod selector; port-level only, so that other ports keep the mesh's mode. */
export function renderPeerAuthentications(
  maker: Maker,
  { namespace, proxies, ports, tlsMode }: PlannedAccess,
  kind: string,
): KubeObject[] {
  if (tlsMode === undefined) return [];
  return perProxies(proxies, kind).map(({ labels, part }) =>
    istioObject(
      "PeerAuthentication",
      maker,
      { namespace, part },
      {
        selector: { matchLabels: labels },
        portLevelMtls: Object.fromEntries(ports.map((port) => [String(port), { mode: tlsMode }])),
      },
    ),
  );
}
