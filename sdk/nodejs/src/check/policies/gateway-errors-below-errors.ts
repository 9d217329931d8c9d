import { isKnown } from "../../model/deferred.js";
import { inFocus, type Rule } from "../rule.js";

export const gatewayErrorsBelowErrors: Rule = {
  name: "gateway-errors-below-errors",
  codes: ["MW0414"],
  description: "The limit for gateway errors is lower than the limit for all errors.",
  check(context) {
    for (const { subject, value } of inFocus(context, "OutlierDetectionPolicy")) {
      const { consecutiveErrors: errors, consecutiveGatewayErrors: gatewayErrors } = value;
      if (!isKnown(errors) || !isKnown(gatewayErrors) || gatewayErrors === 0 || gatewayErrors < errors) continue;
      context.findings.add("MW0414", subject, ["consecutiveGatewayErrors"], { gatewayErrors, errors });
    }
  },
};
