import { entry } from "../catalog-entry.js";
import { quote } from "../words.js";

/** Reasons why a header is off limits, by its owner. */
const WHY = {
  connection: "it applies to a single connection between two proxies, and a wrong value allows request smuggling",
  identity: "the proxy sets it to the caller's verified identity, and backends trust it",
  proxy: "Envoy takes instructions from it, and passes information to backends in it",
} as const;

/** 0262 to 0264: headers that policies write. */
export const writtenHeaders = {
  MW0262: entry<{ found: string; reason: string; example: string }>({
    name: "operator-refused",
    severity: "error",
    meaning:
      "The value of a header has something between percent signs that Envoy or Istio rejects, and with it all routes " +
      "of the port.",
    message: ({ found, reason }) => `${quote(found)} can't be in a value: ${reason}`,
    help: ({ example }) => `write ${quote(example)}, or double each percent sign that is meant literally`,
  }),
  MW0263: entry<{ operator: string; reads: string }>({
    name: "operator-reads-proxy",
    severity: "error",
    meaning:
      "The value of a header has an Envoy operator that reads the proxy's own environment, files, filter state or " +
      "settings; teams share proxies, but not their secrets.",
    message: ({ operator, reads }) => `${quote(operator)} reads ${reads}, which a policy must not expose`,
    help: () => "write what you need as a plain value, or take it from the request, as in `%REQ(x-request-id)%`",
  }),
  MW0264: entry<{ header: string; owner: keyof typeof WHY }>({
    name: "proxy-header",
    severity: "error",
    meaning: "A policy writes or removes a header that only proxies may change.",
    message: ({ header, owner }) => `a policy can't change ${quote(header)}: ${WHY[owner]}`,
    help: ({ header }) =>
      /^x-envoy-.*(retr|timeout)/i.test(header)
        ? "use a RetryTimeoutPolicy"
        : "use your own header, such as `x-shop-caller`",
  }),
};
