import { isDeferred } from "../../model/deferred.js";
import { callerTls } from "../facts/caller-tls.js";
import { declaredPort } from "../facts/declared-port.js";
import { describeDestinationTarget, everyDestination } from "../facts/destinations.js";
import type { Rule } from "../rule.js";

export const keysInPlaintext: Rule = {
  name: "keys-in-plaintext",
  codes: ["MW0453", "MW0534"],
  description: "JWT keys and the verdicts of authorizers come from outside the fleet over TLS only.",
  check(context) {
    for (const { subject, destination, path, asked } of everyDestination(context)) {
      const { target } = destination;
      const isTrusted = subject.kind === "JWTPolicy" || subject.kind === "ExtAuthPolicy";
      if (!isTrusted || asked === undefined || target.kind !== "externalService") continue;
      const port = declaredPort(context, destination)?.number;
      if (port === undefined || isDeferred(port) || callerTls(context, destination) !== "none") continue;
      const facts = { destination: describeDestinationTarget(target), port };
      if (subject.kind === "ExtAuthPolicy") context.findings.add("MW0534", subject, path, facts);
      else context.findings.add("MW0453", subject, path, { provider: asked, ...facts });
    }
  },
};
