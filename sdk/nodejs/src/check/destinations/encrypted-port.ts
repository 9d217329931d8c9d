import { isDeferred } from "../../model/deferred.js";
import { chosenPort } from "../../model/destination.js";
import { isTls } from "../facts/backends.js";
import { describeDestinationTarget, everyDestination } from "../facts/destinations.js";
import type { Rule } from "../rule.js";

export const encryptedPort: Rule = {
  name: "encrypted-port",
  codes: ["MW0528"],
  description:
    "No HTTP route forwards to a port of a virtual destination whose pods expect TLS originated by the application.",
  check(context) {
    for (const { subject, destination, path } of everyDestination(context)) {
      const { target, port: wanted } = destination;
      // connections are forwarded unchanged, TLS included
      if (path[0] === "tls" || path[0] === "tcp") continue;
      if (target.kind !== "virtualDestination") continue;
      const ports = context.model.VirtualDestination.get(target.name)?.ports ?? [];
      const port = chosenPort(ports, wanted);
      if (port === undefined || isDeferred(port.number) || isDeferred(port.protocol) || !isTls(port.protocol)) continue;
      const facts = { destination: describeDestinationTarget(target), port: port.number, protocol: port.protocol };
      context.findings.add("MW0528", subject, [...path, "port"], facts);
    }
  },
};
