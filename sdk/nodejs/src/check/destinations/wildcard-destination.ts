import { isDeferred } from "../../model/deferred.js";
import { describeDestinationTarget, everyDestination } from "../facts/destinations.js";
import { resolutionOf } from "../facts/external-ports.js";
import type { Rule } from "../rule.js";

export const wildcardDestination: Rule = {
  name: "wildcard-destination",
  codes: ["MW0527"],
  description: "No route forwards to a wildcard host without endpoints: a gateway has no address to send requests to.",
  check(context) {
    for (const { subject, destination, path } of everyDestination(context)) {
      const { target } = destination;
      const service = target.kind === "externalService" ? context.model.ExternalService.get(target.name) : undefined;
      if (service === undefined || resolutionOf(service) !== "original") continue;
      const facts = {
        destination: describeDestinationTarget(target),
        hosts: service.hosts.filter((host) => !isDeferred(host)),
      };
      context.findings.add("MW0527", subject, [...path, "externalService"], facts);
    }
  },
};
