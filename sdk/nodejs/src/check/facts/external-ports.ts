import { derive } from "../../model/deferred.js";
import type { ExternalService } from "../../model/external-service.js";

/** Returns the names of a service's ports with the documented default; a placeholder if the default is unknown. */
export function portNames(service: ExternalService): readonly string[] {
  return service.ports.map(
    ({ name, protocol, number }) =>
      name ?? derive([protocol, number], () => `${String(protocol).toLowerCase()}-${number}`),
  );
}

/** The target of a service's requests: its endpoints, addresses from DNS, or the client's original destination. */
export type Resolution = "endpoints" | "dns" | "original";

/** Returns how a service is resolved; undefined while its hosts are unknown. DNS can't resolve a wildcard host. */
export function resolutionOf(service: ExternalService): Resolution | undefined {
  if (service.endpoints.length > 0) return "endpoints";
  if (service.hosts.some((host) => host.startsWith("*"))) return "original";
  return derive(service.hosts, () => "dns") === "dns" ? "dns" : undefined;
}
