/** Rejects Gateway objects that would take over others' proxies. */
import { celList, celText, map } from "./cel.js";
import { API_GATEWAYS, type GuardPolicy, istio } from "./policy.js";

/** Istio Gateways select pods in all namespaces, so others' must set one of these proxies' labels to another value. */
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

/** A Kubernetes Gateway that names addresses attaches to the Service that has them, in any namespace. */
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
