import { PortProtocol } from "../../args/virtual-destination.js";
import type { Path } from "../../diagnostics/diagnostic.js";
import { quote } from "../../diagnostics/words.js";
import { isDeferred, isKnown } from "../../model/deferred.js";
import type { Placed } from "../../model/definition.js";
import type { ExternalService } from "../../model/external-service.js";
import { isIpAddress } from "../../model/host.js";
import { resolutionOf } from "../facts/external-ports.js";
import { inFocus, type Rule } from "../rule.js";

export const externalResolution: Rule = {
  name: "external-resolution",
  codes: ["MW0520"],
  description: "The hosts, addresses, ports and endpoints of an external service determine where requests go.",
  check(context) {
    for (const { subject, value } of inFocus(context, "ExternalService")) {
      for (const { value: reason, path } of [...rangesWithDns(value), ...portsWithoutAddress(value)])
        context.findings.add("MW0520", subject, path, { reason });
    }
  },
};

/** Istio accepts CIDR ranges only if nothing is resolved by DNS. */
function rangesWithDns(service: ExternalService): readonly Placed<string>[] {
  const name = service.endpoints.map(({ address }) => address).find((one) => !isDeferred(one) && !isIpAddress(one));
  const resolved = name ?? (resolutionOf(service) === "dns" ? service.hosts[0] : undefined);
  if (resolved === undefined) return [];
  return service.addresses.flatMap((address, index) => {
    if (isDeferred(address) || !address.includes("/")) return [];
    const reason = `the range ${quote(address)} does not go with ${quote(resolved)}, which DNS resolves`;
    return [{ value: reason, path: ["addresses", index] as Path }];
  });
}

/** Under a wildcard host without endpoints, requests go to the original address and port. */
function portsWithoutAddress(service: ExternalService): readonly Placed<string>[] {
  if (resolutionOf(service) !== "original") return [];
  return service.ports.flatMap(({ number, protocol, targetPort }, index): Placed<string>[] => {
    if (isDeferred(number) || isDeferred(protocol)) return [];
    if (targetPort !== undefined && isKnown(targetPort) && targetPort !== number) {
      const found = `port ${number} under a wildcard host has \`targetPort\` ${targetPort}`;
      const reason = `${found}, and without endpoints requests keep their port`;
      return [{ value: reason, path: ["ports", index, "targetPort"] }];
    }
    const isOpaque = protocol === PortProtocol.Tcp || protocol === PortProtocol.Mongo;
    if (!isOpaque || service.addresses.length > 0) return [];
    const found = `port ${number} (${quote(protocol)}) under a wildcard host`;
    const reason = `${found} has neither endpoints nor \`addresses\` to tell its requests from others`;
    return [{ value: reason, path: ["ports", index, "protocol"] }];
  });
}
