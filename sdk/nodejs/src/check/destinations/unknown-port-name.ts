import { isDeferred } from "../../model/deferred.js";
import { portNames } from "../facts/external-ports.js";
import { inFocus, type Rule } from "../rule.js";

export const unknownPortName: Rule = {
  name: "unknown-port-name",
  codes: ["MW0516"],
  description: "Endpoints map only ports of their external service.",
  check(context) {
    for (const { subject, value } of inFocus(context, "ExternalService")) {
      const known = portNames(value);
      if (known.some(isDeferred)) continue;
      value.endpoints.forEach(({ ports }, index) => {
        for (const port of Object.keys(ports)) {
          if (known.includes(port)) continue;
          context.findings.add("MW0516", subject, ["endpoints", index, "ports", port], { port, known });
        }
      });
    }
  },
};
