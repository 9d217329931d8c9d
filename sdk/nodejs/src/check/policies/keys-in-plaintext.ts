import { ClientTlsMode } from "../../args/external-service.js";
import { isDeferred } from "../../model/deferred.js";
import { chosenPort } from "../../model/destination.js";
import { describeDestinationTarget, everyDestination } from "../facts/destinations.js";
import type { Rule } from "../rule.js";

export const keysInPlaintext: Rule = {
  name: "keys-in-plaintext",
  codes: ["MW0453"],
  description: "JWT keys from outside the fleet are fetched over TLS only.",
  check(context) {
    for (const { subject, destination, path, asked } of everyDestination(context)) {
      const { target, port: wanted } = destination;
      if (subject.kind !== "JWTPolicy" || asked === undefined || target.kind !== "externalService") continue;
      const port = chosenPort(context.model.ExternalService.get(target.name)?.ports ?? [], wanted);
      if (port === undefined || isDeferred(port.number)) continue;
      const { mode } = port.clientsideTls ?? { mode: ClientTlsMode.Disable };
      if (mode !== ClientTlsMode.Disable) continue;
      const facts = { provider: asked, destination: describeDestinationTarget(target), port: port.number };
      context.findings.add("MW0453", subject, path, facts);
    }
  },
};
