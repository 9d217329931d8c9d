import { z } from "zod";
import { Mesh, ObjectKind } from "../args/fleet.js";
import type { Leaf } from "./deferred.js";
import type { KindDefinition } from "./definition.js";
import { type FleetGuard, fleetGuardSchema } from "./guard.js";
import { dottedHostRule, hostRule, isIpAddress, refuseHost } from "./host.js";
import { type MayClaim, mayClaimSchema } from "./may-claim.js";
import { dnsLabel, fields, oneOf, plainLabels, plainText, port, raise, someLabels, someOf, text } from "./schema.js";
import { secretPattern } from "./secret-name.js";

/** The location of workloads. */
export interface Locality {
  readonly region: string;
  readonly zone?: string;
  readonly subZone?: string;
}

/** The gateway through which other networks reach a cluster, with its defaults filled in. */
export interface EastWestGateway {
  readonly addresses: readonly string[];
  readonly port: Leaf<number>;
  readonly tlsTerminationPort: Leaf<number>;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly serviceAccount: string;
  readonly exposedHosts: readonly string[];
}

/** One cluster, with its defaults filled in. Credentials are not part of the model. */
export interface Cluster {
  readonly name: string;
  readonly locality?: Locality;
  readonly network: string;
  readonly trustDomain: string;
  readonly clusterDomain: string;
  readonly rootNamespace: string;
  readonly mesh: Leaf<Mesh>;
  readonly eastWestGateway?: EastWestGateway;
  /** Earlier names of the cluster. */
  readonly formerNames: readonly string[];
  /** True if the network's name is set, rather than defaulting to the cluster's name. */
  readonly isNetworkNamed: boolean;
  /**
   * Fields that were Outputs and decide which objects exist: objects for every outcome are kept, so previews are
   * complete.
   */
  readonly undecided: readonly Undecided[];
}

/** An existing object of a cluster that a resource takes over. */
export interface AdoptedObject {
  readonly kind: ObjectKind;
  /** Absent for cluster-scoped kinds. */
  readonly namespace?: string;
  readonly name: string;
  readonly cluster?: string;
  /** The stack that released it, as `ORGANIZATION/PROJECT/STACK`. */
  readonly fromStack?: string;
}

/** A field of a cluster that decides which objects exist and may still be an Output. */
export type Undecided = "mesh" | "network";

/** The clusters that applications run in. */
export interface Fleet {
  readonly clusters: readonly Cluster[];
  readonly adopt: readonly AdoptedObject[];
  /** Gateway namespaces that see what teams own. */
  readonly gatewayNamespaces: readonly string[];
  readonly mayClaim?: MayClaim;
  readonly mayUseSecrets: readonly string[];
  readonly guard?: FleetGuard;
}

/**
 * Returns a fleet with the undecided fields of its clusters, by position. Users don't set these: they follow from the
 * Outputs.
 */
export function withUndecided(fleet: Fleet, undecided: readonly (readonly Undecided[])[]): Fleet {
  const clusters = fleet.clusters.map((cluster, index) => ({ ...cluster, undecided: undecided[index] ?? [] }));
  return { ...fleet, clusters };
}

/** The fields of a locality; schemas with these fields also need the `zoneOfSubZone` refinement. */
export const localityFields = {
  region: text(placeName),
  zone: text(placeName).optional(),
  subZone: text(placeName).optional(),
};

export const localitySchema = fields(localityFields).superRefine(zoneOfSubZone) satisfies z.ZodType<Locality>;

/** Rejects a sub-zone without its zone. */
export function zoneOfSubZone(
  locality: { readonly zone?: string | undefined; readonly subZone?: string | undefined },
  context: z.core.$RefinementCtx<unknown>,
): void {
  if (locality.subZone !== undefined && locality.zone === undefined)
    raise(context, "MW0103", { field: "zone", expected: "the zone of `subZone`" });
}

function placeName(value: string, context: z.core.$RefinementCtx<unknown>): void {
  if (value.trim() === "" || /[/*]/.test(value))
    raise(context, "MW0110", { found: value, expected: "a name without slashes and wildcards", example: "us-east-1" });
}

/** Rejects anything but an IP address or a DNS name. */
export function addressRule(value: string, context: z.core.$RefinementCtx<unknown>): void {
  if (!isIpAddress(value) && refuseHost(value, "none") !== undefined) {
    raise(context, "MW0110", { found: value, expected: "an IP address or a DNS name", example: "203.0.113.20" });
  }
}

function stackName(value: string, context: z.core.$RefinementCtx<unknown>): void {
  if (!/^[^/\s]+\/[^/\s]+\/[^/\s]+$/.test(value)) {
    const expected = "the full name of a stack, as `meshway.io/stack` of the object says it";
    raise(context, "MW0110", { found: value, expected, example: "organization/shop/prod" });
  }
}

const eastWestSchema: z.ZodType<EastWestGateway> = fields({
  addresses: someOf(text(addressRule)),
  port: port.default(15443),
  tlsTerminationPort: port.default(16443),
  namespace: plainText(dnsLabel).default("istio-system"),
  labels: plainLabels.superRefine(someLabels).default({ istio: "eastwestgateway" }),
  serviceAccount: text(dnsLabel).default("istio-eastwestgateway-service-account"),
  exposedHosts: someOf(text(dottedHostRule("any"))).default(["*"]),
});

const clusterSchema: z.ZodType<Cluster> = fields({
  name: plainText(dnsLabel),
  locality: localitySchema.optional(),
  network: text(dnsLabel).optional(),
  trustDomain: text(hostRule("none")).default("cluster.local"),
  clusterDomain: text(hostRule("none")).default("cluster.local"),
  rootNamespace: plainText(dnsLabel).default("istio-system"),
  mesh: oneOf(Mesh).default(Mesh.Istio),
  eastWestGateway: eastWestSchema.optional(),
  formerNames: z.array(plainText(dnsLabel)).default([]),
}).transform((cluster) => ({
  ...cluster,
  network: cluster.network ?? cluster.name,
  isNetworkNamed: cluster.network !== undefined,
  undecided: [],
}));

const adoptedSchema: z.ZodType<AdoptedObject> = fields({
  kind: z.enum(ObjectKind),
  namespace: plainText(dnsLabel).optional(),
  name: plainText(dnsLabel),
  cluster: plainText(dnsLabel).optional(),
  fromStack: plainText(stackName).optional(),
});

export const fleetSchema: z.ZodType<Fleet> = fields({
  clusters: someOf(clusterSchema),
  adopt: z.array(adoptedSchema).default([]),
  gatewayNamespaces: z.array(plainText(dnsLabel)).default([]),
  mayClaim: mayClaimSchema.optional(),
  mayUseSecrets: z.array(plainText(secretPattern)).default([]),
  guard: fleetGuardSchema.optional(),
}).superRefine((fleet, context) => {
  const first = new Map<string, number>();
  fleet.clusters.forEach((cluster, index) => {
    const earlier = first.get(cluster.name);
    if (earlier === undefined) first.set(cluster.name, index);
    else
      raise(context, "MW0508", { what: "cluster", value: cluster.name, first: earlier }, ["clusters", index, "name"]);
  });
});

export const fleetKind = {
  section: "fleets",
  schema: fleetSchema,
} as const satisfies KindDefinition<Fleet>;

/** Returns the clusters with these names, or all clusters of the fleet. Skips unknown names, which a check reports. */
export function clustersNamed(fleet: Fleet, names: readonly string[] | undefined): readonly Cluster[] {
  if (names === undefined) return fleet.clusters;
  const wanted = new Set(names);
  return fleet.clusters.filter((cluster) => wanted.has(cluster.name));
}
