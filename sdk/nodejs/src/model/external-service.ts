import { z } from "zod";
import { ClientTlsMode } from "../args/external-service.js";
import { PortProtocol } from "../args/virtual-destination.js";
import type { Leaf } from "./deferred.js";
import type { KindDefinition } from "./definition.js";
import { addressRule, type Locality, localitySchema } from "./fleet.js";
import { dottedHostRule, hostRule } from "./host.js";
import { addressOrRange } from "./may-claim.js";
import {
  dnsLabel,
  fields,
  flag,
  labels,
  oneOf,
  plainLabels,
  plainText,
  port,
  reference,
  someOf,
  text,
  undecidedMark,
} from "./schema.js";
import { filePath, secretName, subjectAltName } from "./secret-name.js";
import { exportToSchema, MOST_HOSTS, MOST_PORTS } from "./virtual-destination.js";
import { type WorkspaceReference, workspaceReference } from "./workspace-reference.js";

/** TLS that callers originate. */
export interface ClientsideTls {
  readonly mode: Leaf<ClientTlsMode>;
  readonly sni?: string;
  readonly credentialName?: string;
  readonly clientCertificate?: string;
  readonly privateKey?: string;
  readonly caCertificates?: string;
  readonly insecureSkipVerify?: Leaf<boolean>;
}

/** One port of an external service. */
export interface ExternalPort {
  readonly number: Leaf<number>;
  readonly protocol: Leaf<PortProtocol>;
  readonly name?: string;
  readonly targetPort?: Leaf<number>;
  readonly clientsideTls?: ClientsideTls;
}

/** One address of an external service. */
export interface ExternalEndpoint {
  readonly address: string;
  readonly ports: Readonly<Record<string, Leaf<number>>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly locality?: Locality;
}

/** A service outside the fleet. */
export interface ExternalService {
  readonly fleet: string;
  readonly workspace?: WorkspaceReference;
  readonly labels: Readonly<Record<string, string>>;
  readonly namespace: string;
  readonly clusters?: readonly string[];
  readonly hosts: readonly string[];
  readonly addresses: readonly string[];
  readonly ports: readonly ExternalPort[];
  readonly endpoints: readonly ExternalEndpoint[];
  readonly subjectAltNames: readonly string[];
  /** Absent if the workspace decides. */
  readonly exportTo?: readonly string[];
  /** True if the first host was an Output, so no object is named after it. */
  readonly undecided?: boolean;
}

const tlsSchema: z.ZodType<ClientsideTls> = fields({
  mode: oneOf(ClientTlsMode).default(ClientTlsMode.Simple),
  sni: text(hostRule("none")).optional(),
  credentialName: text(secretName).optional(),
  clientCertificate: text(filePath).optional(),
  privateKey: text(filePath).optional(),
  caCertificates: text(filePath).optional(),
  insecureSkipVerify: flag.optional(),
});

const portSchema: z.ZodType<ExternalPort> = fields({
  number: port,
  protocol: oneOf(PortProtocol),
  name: plainText(dnsLabel).optional(),
  targetPort: port.optional(),
  clientsideTls: tlsSchema.optional(),
});

const endpointSchema: z.ZodType<ExternalEndpoint> = fields({
  address: text(addressRule),
  ports: z.record(z.string(), port).default({}),
  labels: labels.default({}),
  locality: localitySchema.optional(),
});

export const externalServiceSchema: z.ZodType<ExternalService> = fields({
  fleet: reference("Fleet"),
  workspace: workspaceReference.optional(),
  labels: plainLabels.default({}),
  namespace: plainText(dnsLabel),
  clusters: someOf(plainText()).optional(),
  hosts: someOf(text(dottedHostRule("first-label")), MOST_HOSTS),
  addresses: z.array(text(addressOrRange)).max(256).default([]),
  ports: someOf(portSchema, MOST_PORTS),
  endpoints: z.array(endpointSchema).max(4096).default([]),
  subjectAltNames: z.array(text(subjectAltName)).default([]),
  exportTo: exportToSchema.optional(),
  undecided: undecidedMark,
});

export const externalServiceKind = {
  section: "externalServices",
  schema: externalServiceSchema,
} as const satisfies KindDefinition<ExternalService>;
