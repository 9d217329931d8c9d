import { entry } from "../catalog-entry.js";
import { quote } from "../words.js";

/** By whose a header is. */
const WHY = {
  connection: "it belongs to the connection between two neighbors, and a wrong one lets a request hide in another",
  identity: "the proxy writes in it whom the caller has shown to be, and what is behind believes it",
  proxy: "Envoy takes orders by it, and tells backends by it what it knows",
} as const;

/** 0262 and following: headers that policies write. */
export const writtenHeaders = {
  MW0262: entry<{ found: string; reason: string; example: string }>({
    name: "operator-refused",
    severity: "error",
    meaning:
      "Between percent signs in the value of a header is something that Envoy or Istio refuses, and with it all routes of the port.",
    message: ({ found, reason }) => `${quote(found)} can't be in a value: ${reason}`,
    help: ({ example }) => `write ${quote(example)}, or double percent signs that are meant as such`,
  }),
  MW0263: entry<{ operator: string; reads: string }>({
    name: "operator-reads-proxy",
    severity: "error",
    meaning:
      "The value of a header has an operator of Envoy that reads the proxy's own environment, files, filter state or settings; teams share proxies, and not their secrets.",
    message: ({ operator, reads }) => `${quote(operator)} reads ${reads}, which a policy may not show`,
    help: () => "write what you need as a plain value, or take it from the request, as in `%REQ(x-request-id)%`",
  }),
  MW0264: entry<{ header: string; owner: keyof typeof WHY }>({
    name: "header-of-the-proxy",
    severity: "error",
    meaning: "A policy writes or removes a header that only proxies may change.",
    message: ({ header, owner }) => `${quote(header)} can't be changed: ${WHY[owner]}`,
    help: ({ header }) =>
      /^x-envoy-.*(retr|timeout)/i.test(header)
        ? "use a RetryTimeoutPolicy"
        : "use a header of your own, such as `x-shop-caller`",
  }),
};
