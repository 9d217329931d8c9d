import { entry } from "../catalog-entry.js";
import { list, quote } from "../words.js";

/** 0532 to 0534: the TLS of callers, and the source of their certificates. */
export const callerCredentials = {
  MW0532: entry<{ destination: string; namespaces: readonly string[]; policy?: string }>({
    name: "sidecars-without-secret",
    severity: "error",
    meaning:
      "A table for sidecars leads to a destination whose callers take their certificates from a secret. " +
      "Sidecars can't read it, and would send plaintext.",
    message: ({ destination, namespaces, policy }) =>
      `${nameOf(policy)} names a secret, which only gateways read, ` +
      `so sidecars in ${list(namespaces)} would send plaintext to ${destination}`,
    help: ({ policy }) =>
      `${byFiles(policy)}; if gateways must keep the secret, make a destination of its own for sidecars`,
  }),
  MW0533: entry<{ namespaces: readonly string[]; policy?: string }>({
    name: "secret-seen-by-sidecars",
    severity: "warning",
    meaning:
      "A destination whose callers take their certificates from a secret is exported to sidecars, " +
      "which can't read it and send plaintext.",
    message: ({ namespaces, policy }) =>
      `${nameOf(policy)} names a secret, which only gateways read, ` +
      `so sidecars in ${namespaces.includes("*") ? "all namespaces" : list(namespaces)} send plaintext`,
    help: ({ policy }) => `list only namespaces of gateways in \`exportTo\`, or ${byFiles(policy)}`,
  }),
  MW0534: entry<{ destination: string; port: number }>({
    name: "verdicts-in-plaintext",
    severity: "warning",
    meaning:
      "An authorizer outside the fleet is asked without TLS. " +
      "Whoever can change its answers on the way can let anybody in.",
    message: ({ destination, port }) => `the authorizer at port ${port} of ${destination} is asked without TLS`,
    help: ({ destination, port }) => `give port ${port} of ${destination} a \`clientsideTls\``,
  }),
};

function nameOf(policy: string | undefined): string {
  return policy === undefined ? "`credentialName`" : `ClientTLSPolicy ${quote(policy)}`;
}

function byFiles(policy: string | undefined): string {
  const secret = policy === undefined ? "`credentialName`" : `\`credentialName\` of ${quote(policy)}`;
  return `replace ${secret} by files in the pods (\`clientCertificate\`, \`privateKey\`, \`caCertificates\`)`;
}
