/** Maps what pods demand of connections to `PeerAuthentication` of security.istio.io/v1. */
import type { KubeObject, Maker } from "../../kube/object.js";
import type { PlannedAccess } from "../../plan/planned-access.js";
import { perProxies } from "./authorization-policy.js";
import { istioObject } from "./object.js";

/** One object for each selector of pods; only at the ports, so that others keep what the mesh demands. */
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
