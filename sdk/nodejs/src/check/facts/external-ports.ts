import { derive } from "../../model/deferred.js";
import type { ExternalService } from "../../model/external-service.js";

/** The names of a service's ports, with the default that the arguments promise; a placeholder where that is not known. */
export function portNames(service: ExternalService): readonly string[] {
  return service.ports.map(
    ({ name, protocol, number }) =>
      name ?? derive([protocol, number], () => `${String(protocol).toLowerCase()}-${number}`),
  );
}

/** Where requests to a service go: to its endpoints, to what DNS gives, or to the address that the client asked for. */
export type Resolution = "endpoints" | "dns" | "original";

/** How a service is resolved; undefined while its hosts are not known. A wildcard host can't be resolved by DNS. */
export function resolutionOf(service: ExternalService): Resolution | undefined {
  if (service.endpoints.length > 0) return "endpoints";
  if (service.hosts.some((host) => host.startsWith("*"))) return "original";
  return derive(service.hosts, () => "dns") === "dns" ? "dns" : undefined;
}
