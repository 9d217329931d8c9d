import { z } from "zod";
import { PortProtocol } from "../args/virtual-destination.js";
import type { Leaf } from "./deferred.js";
import type { KindDefinition } from "./definition.js";
import { dottedHostRule } from "./host.js";
import { type PolicyReference, policiesSchema } from "./policy-reference.js";
import {
  choose,
  dnsLabel,
  fields,
  labels,
  oneOf,
  plainLabels,
  plainText,
  port,
  raise,
  reference,
  someLabels,
  someOf,
  text,
  undecidedMark,
} from "./schema.js";
import { type WorkspaceReference, workspaceReference } from "./workspace-reference.js";

/** Selects the backing workloads. */
export interface ServiceSelector {
  readonly labels: Readonly<Record<string, string>>;
  readonly namespace: string;
  readonly cluster?: string;
  readonly serviceAccounts?: readonly string[];
}

/** One port of a destination. */
export interface DestinationPort {
  readonly number: Leaf<number>;
  readonly protocol: Leaf<PortProtocol>;
  readonly targetPort: Leaf<number>;
}

/** A named subset of the pods. */
export interface Subset {
  readonly labels: Readonly<Record<string, string>>;
  readonly clusters?: readonly string[];
  /** True if labels were Outputs, so no object is named after them. */
  readonly undecided?: boolean;
}

/** The way in which callers on other networks reach the pods. */
export type ClientMode = "sniRouting" | "tlsTermination";

/** One internal hostname for an application across all its clusters. */
export interface VirtualDestination {
  readonly fleet: string;
  readonly workspace?: WorkspaceReference;
  readonly labels: Readonly<Record<string, string>>;
  readonly hosts: readonly string[];
  readonly services: readonly ServiceSelector[];
  readonly ports: readonly DestinationPort[];
  readonly subsets: readonly Subset[];
  readonly clientMode: ClientMode;
  /** Absent if the workspace decides. */
  readonly exportTo?: readonly string[];
  readonly policies: readonly PolicyReference[];
  /** True if the first host was an Output, so no object is named after it. */
  readonly undecided?: boolean;
}

/** The most hosts of a ServiceEntry, and the most ports of each of its endpoints. */
export const MOST_HOSTS = 256;
export const MOST_PORTS = 128;

const serviceSchema: z.ZodType<ServiceSelector> = fields({
  labels: plainLabels.superRefine(someLabels),
  namespace: plainText(dnsLabel),
  cluster: plainText().optional(),
  serviceAccounts: someOf(text(dnsLabel)).optional(),
});

const portSchema: z.ZodType<DestinationPort> = fields({
  number: port,
  protocol: oneOf(PortProtocol),
  targetPort: port.optional(),
}).transform((args) => ({
  ...args,
  targetPort: args.targetPort ?? args.number,
}));

const subsetSchema: z.ZodType<Subset> = fields({
  labels: labels.superRefine(someLabels),
  clusters: someOf(plainText()).optional(),
  undecided: undecidedMark,
});

const clientModeSchema: z.ZodType<ClientMode> = fields({
  auto: fields({}).optional(),
  sniRouting: fields({}).optional(),
  tlsTermination: fields({}).optional(),
}).transform((args, context) => {
  choose(args, ["auto", "sniRouting", "tlsTermination"], context, true);
  return args.tlsTermination === undefined ? "sniRouting" : "tlsTermination";
});

/** The namespaces that may see an object; `*` excludes other entries. */
export const exportToSchema = z
  .array(
    plainText((value, context) => {
      if (value !== "*") dnsLabel(value, context);
    }),
  )
  .min(1)
  .superRefine((namespaces, context) => {
    if (namespaces.includes("*") && namespaces.length > 1)
      raise(context, "MW0515", { field: "*", with: namespaces.find((name) => name !== "*") ?? "" });
  });

export const virtualDestinationSchema: z.ZodType<VirtualDestination> = fields({
  fleet: reference("Fleet"),
  workspace: workspaceReference.optional(),
  labels: plainLabels.default({}),
  hosts: someOf(text(dottedHostRule("none")), MOST_HOSTS),
  services: someOf(serviceSchema),
  ports: someOf(portSchema, MOST_PORTS),
  subsets: z.array(subsetSchema).default([]),
  clientMode: clientModeSchema.default("sniRouting"),
  exportTo: exportToSchema.optional(),
  policies: policiesSchema,
  undecided: undecidedMark,
});

export const virtualDestinationKind = {
  section: "virtualDestinations",
  schema: virtualDestinationSchema,
} as const satisfies KindDefinition<VirtualDestination>;
