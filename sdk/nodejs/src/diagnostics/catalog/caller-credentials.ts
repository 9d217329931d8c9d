import { entry } from "../catalog-entry.js";
import { list, quote } from "../words.js";

/** 0532 to 0534: the TLS of callers, and the source of their certificates. */
export const callerCredentials = {
  MW0532: entry<{ destination: string; namespaces: readonly string[]; policy?: string }>({
    name: "sidecars-without-secret",
    severity: "error",
    meaning:
      "A table for sidecars routes to a destination whose callers take their certificates from a Secret. " +
      "Sidecars can't read it and would send plaintext.",
    message: ({ destination, namespaces, policy }) =>
      `${nameOf(policy)} names a Secret, which only gateways can read, ` +
      `so sidecars in ${list(namespaces)} would send plaintext to ${destination}`,
    help: ({ policy }) =>
      `${useFiles(policy)}; if gateways must use the Secret, declare a separate destination for sidecars`,
  }),
  MW0533: entry<{ namespaces: readonly string[]; policy?: string }>({
    name: "secret-seen-by-sidecars",
    severity: "warning",
    meaning:
      "A destination whose callers take their certificates from a Secret is exported to sidecars, " +
      "which can't read it and send plaintext.",
    message: ({ namespaces, policy }) =>
      `${nameOf(policy)} names a Secret, which only gateways can read, ` +
      `so sidecars in ${namespaces.includes("*") ? "all namespaces" : list(namespaces)} send plaintext`,
    help: ({ policy }) => `list only namespaces of gateways in \`exportTo\`, or ${useFiles(policy)}`,
  }),
  MW0534: entry<{ destination: string; port: number }>({
    name: "authorization-in-plaintext",
    severity: "warning",
    meaning:
      "A policy calls an authorizer outside the fleet without TLS; " +
      "anyone who can change its answers in transit can let requests in.",
    message: ({ destination, port }) => `the authorizer at port ${port} of ${destination} is called without TLS`,
    help: ({ destination, port }) => `set \`clientsideTls\` on port ${port} of ${destination}`,
  }),
};

function nameOf(policy: string | undefined): string {
  return policy === undefined ? "`credentialName`" : `ClientTLSPolicy ${quote(policy)}`;
}

function useFiles(policy: string | undefined): string {
  const secret = policy === undefined ? "`credentialName`" : `\`credentialName\` of ${quote(policy)}`;
  return `replace ${secret} with files in the pods (\`clientCertificate\`, \`privateKey\`, \`caCertificates\`)`;
}
