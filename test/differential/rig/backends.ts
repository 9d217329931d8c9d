/** The world's real backends of a route's targets. */
import type { Target } from "../../../sdk/nodejs/src/simulate/decision.js";
import { hasLabels, POD_NAMESPACE, PODS } from "./world.js";

/** Returns the addresses, as `IP:PORT`, that a target's requests may reach. */
export function addressesOf({ endpoints }: Target): ReadonlySet<string> {
  return new Set(
    endpoints.flatMap((endpoint) => {
      switch (endpoint.kind) {
        case "pods": {
          const pods =
            endpoint.namespace === POD_NAMESPACE ? PODS.filter((pod) => hasLabels(pod, endpoint.labels)) : [];
          return pods.map(({ ip }) => `${ip}:${endpoint.port}`);
        }
        case "external":
          return [`${endpoint.address}:${endpoint.port}`];
        default:
          throw new Error(`the world has no ${endpoint.kind}`);
      }
    }),
  );
}

/** Returns the name of Envoy's cluster for a target, in lower case. */
export function envoyClusterOf({ host, port, subset }: Target): string {
  return `outbound|${port}|${subset?.name ?? ""}|${host}`.toLowerCase();
}
