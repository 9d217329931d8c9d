/** Makes istiod's configuration self-contained: this Envoy has no server for secrets, routes and endpoints. */
import { type Message, messages } from "./dump.js";

/** A certificate and its key as PEM, which replace all secrets. */
export interface Certificate {
  readonly chain: string;
  readonly key: string;
}

/** Returns a cluster that needs no server for endpoints or secrets, which Envoy would wait for. */
export function standaloneCluster(cluster: Message, certificate: Certificate): Message {
  const { edsClusterConfig, loadAssignment, ...rest } = withSecrets(cluster, certificate) as Message;
  const assigned = loadAssignment === undefined ? {} : { loadAssignment };
  // Envoy would wait for DNS and for the first health checks
  if (rest["type"] !== "EDS") return { ...rest, ...assigned, waitForWarmOnInit: false };
  const isProbed = messages(rest["healthChecks"]).length > 0;
  return { ...rest, type: "STATIC", ...(isProbed ? { loadAssignment: { clusterName: rest["name"] } } : assigned) };
}

/** Returns a listener without name, address and routes. */
export function standaloneListener(listener: Message, certificate: Certificate): Message {
  const { name, address, bindToPort, bind_to_port, ...rest } = withSecrets(listener, certificate) as Message;
  return rest;
}

function withSecrets(value: unknown, certificate: Certificate): unknown {
  if (Array.isArray(value)) return value.map((each) => withSecrets(each, certificate));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(
      ([field, each]) => REPLACED.get(field)?.(each, certificate) ?? [field, withSecrets(each, certificate)],
    ),
  );
}

type Replace = (value: unknown, certificate: Certificate) => [field: string, value: unknown];

/** A map, since fields of a dump may be called `constructor`. */
const REPLACED: ReadonlyMap<string, Replace> = new Map<string, Replace>([
  [
    "tlsCertificateSdsSecretConfigs",
    (_, { chain, key }) => [
      "tlsCertificates",
      [{ certificateChain: { inlineString: chain }, privateKey: { inlineString: key } }],
    ],
  ],
  ["validationContextSdsSecretConfig", (_, { chain }) => ["validationContext", { trustedCa: { inlineString: chain } }]],
  [
    "combinedValidationContext",
    (value, { chain }) => {
      const usual = (value as Message)["defaultValidationContext"] as Message | undefined;
      return ["validationContext", { ...usual, trustedCa: { inlineString: chain } }];
    },
  ],
  ["rds", () => ["routeConfig", { name: "none" }]],
]);
