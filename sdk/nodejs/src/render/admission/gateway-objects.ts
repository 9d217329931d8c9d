/** Gateway objects that would take over proxies of others. */
import { celList, celText, map } from "./cel.js";
import { API_GATEWAYS, type GuardPolicy, istio } from "./policy.js";

/** Gateways choose pods in all namespaces: one of others must have a label of these proxies with another value. */
export function gatewaySelectorPolicy(labels: Readonly<Record<string, string>>, whose: string): GuardPolicy {
  const known = map(Object.entries(labels).map(([key, value]) => [key, celText(value)]));
  return {
    part: "gateways",
    on: istio("networking", "v1", "gateways"),
    operations: ["CREATE", "UPDATE"],
    variables: { labels: known, selector: "object.?spec.?selector.orValue({})" },
    validations: [
      {
        expression:
          `${celList(Object.keys(labels))}` +
          ".exists(k, k in variables.selector && variables.selector[k] != variables.labels[k])",
        message: "the Gateway may take over proxies of others",
        sentence: celText(
          `its selector may choose proxies of ${whose}, expected another value of ` +
            `${Object.entries(labels)
              .map(([key, value]) => `${key}=${value}`)
              .join(", ")}: ` +
            "give the own proxies a value of their own, or ask the operators to apply the object",
        ),
      },
    ],
  };
}

/** A Gateway of the Gateway API that names addresses joins the Service that has them, in whichever namespace. */
export function noAddressesPolicy(whose: string): GuardPolicy {
  return {
    part: "api-gateways",
    on: API_GATEWAYS,
    operations: ["CREATE", "UPDATE"],
    variables: { addresses: "object.?spec.?addresses.orValue([])" },
    validations: [
      {
        expression: "variables.addresses.size() == 0",
        message: "the Gateway would join proxies of others",
        sentence:
          `"address " + variables.addresses[0].?value.orValue("") + ` +
          celText(
            ` joins the proxies of that Service, expected no \`addresses\` (${whose}): ` +
              "remove them, or ask the operators to apply the object",
          ),
      },
    ],
  };
}
