import * as pulumi from "@pulumi/pulumi";
import type { FleetArgs } from "../args/fleet.js";
import type { ResourceRef } from "../args/reference.js";
import type { Diagnostic, Subject } from "../diagnostics/diagnostic.js";
import { Findings } from "../diagnostics/report.js";
import { isDeferred } from "../model/deferred.js";
import type { Undecided } from "../model/fleet.js";
import type { Access } from "./access.js";
import { assemble } from "./assemble.js";
import { isCollecting } from "./collect.js";
import { adoptedOf, connect } from "./connections.js";
import { remember, rememberedEntry } from "./entry.js";
import { isText, kubeconfigProblem } from "./kubeconfig.js";
import { extract } from "./leaf.js";
import { isMocked } from "./mocked.js";
import { outputsOf } from "./outputs.js";
import { noteFleet } from "./shared-clusters.js";

/**
 * The clusters that applications run in, and how to reach them.
 *
 * Renders the entrance of each cluster that has an east-west gateway. Raises MW01xx for malformed arguments, MW0508 for
 * duplicate cluster names, MW0514 for an unusable kubeconfig, MW0566 for an identifier that two clusters share, and
 * MW0644 for a cluster shared with another fleet that has workspaces.
 */
export class Fleet extends pulumi.ComponentResource {
  /** Descriptor of the fleet, for other stacks and languages; secret, because it may contain credentials. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: FleetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:Fleet", name, {}, opts);
    const { model, access, undecided } = split(args);
    const found = [...unusableKubeconfigs(name, access), ...noteFleet(name, access)];
    const ref = assemble({
      resource: this,
      kind: "Fleet",
      name,
      args: model,
      fleet: {
        claims: new Map(),
        ...(undecided.some((fields) => fields.length > 0) && { undecided }),
        access: extract(access.filter(({ provider }) => provider === undefined).map(portable)) as Access[],
        ...(!isCollecting() && found.length === 0 && { connections: connect(name, access, adoptedOf(model), this) }),
      },
      found,
    });
    this.ref = pulumi.secret(ref);
    const entry = rememberedEntry(ref);
    if (entry !== undefined) remember(entry, this.ref);
    this.registerOutputs(outputsOf(this));
  }
}

/** Splits the arguments into the model and the access to the clusters. */
function split(args: unknown): {
  readonly model: unknown;
  readonly access: readonly Access[];
  readonly undecided: readonly (readonly Undecided[])[];
} {
  const clusters = typeof args === "object" && args !== null && "clusters" in args ? args.clusters : undefined;
  if (!Array.isArray(clusters)) return { model: args, access: [], undecided: [] };
  const access: Access[] = [];
  const model = clusters.map((cluster: unknown) => {
    if (typeof cluster !== "object" || cluster === null) return cluster;
    const { provider, kubeconfig, context, clusterIdentifier, ...rest } = cluster as Access;
    access.push({
      name: rest.name,
      ...(provider && { provider }),
      ...(kubeconfig !== undefined && { kubeconfig }),
      ...(context !== undefined && { context }),
      ...(clusterIdentifier !== undefined && { clusterIdentifier }),
      ...(isStringList(rest.formerNames) && { formerNames: rest.formerNames }),
    });
    return rest;
  });
  const undecided = clusters.map((cluster: unknown) =>
    (["mesh", "network"] as const).filter((field) =>
      pulumi.Output.isInstance((cluster as Partial<Record<Undecided, unknown>> | null)?.[field]),
    ),
  );
  return { model: { ...(args as object), clusters: model }, access, undecided };
}

/** Returns the access to a cluster as a descriptor contains it. */
function portable({ provider: _, ...access }: Access): Access {
  return access;
}

function isStringList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}

/**
 * Finds unusable kubeconfigs before any cluster is contacted. Reads no file where resources are only collected or
 * mocked.
 */
function unusableKubeconfigs(name: string, access: readonly Access[]): readonly Diagnostic[] {
  const findings = new Findings();
  const subject = { kind: "Fleet" as const, name };
  access.forEach((cluster, index) => {
    const path = ["clusters", index];
    for (const field of ["kubeconfig", "context", "clusterIdentifier"] as const) {
      const value: unknown = cluster[field];
      if (value === undefined) continue;
      if (cluster.provider !== undefined)
        findings.add("MW0515", subject, [...path, field], { field, with: "provider" });
      else if (typeof value !== "string" && !pulumi.Output.isInstance(value) && !(value instanceof Promise)) {
        findings.add("MW0102", subject, [...path, field], { expected: "a string", found: `a ${typeof value}` });
      }
    }
    const { kubeconfig, context } = cluster;
    const known = (value: unknown): value is string | undefined =>
      value === undefined || (typeof value === "string" && !isDeferred(value));
    if (cluster.provider !== undefined || !known(kubeconfig) || !known(context) || isCollecting()) return;
    if (isMocked() && !(kubeconfig !== undefined && isText(kubeconfig))) return;
    const problem = kubeconfigProblem(kubeconfig, context);
    if (problem !== undefined)
      findings.add("MW0514", subject, [...path, kubeconfig === undefined ? "context" : "kubeconfig"], {
        cluster: cluster.name,
        ...problem,
      });
  });
  repeatedIdentifiers(subject, access, findings);
  return findings.sorted();
}

/**
 * Finds clusters with the same identifier: Pulumi would treat them as one cluster, and not notice when one is exchanged
 * for the other.
 */
function repeatedIdentifiers(subject: Subject, access: readonly Access[], findings: Findings): void {
  const first = new Map<string, string>();
  access.forEach(({ name: cluster, clusterIdentifier }, index) => {
    if (typeof clusterIdentifier !== "string" || clusterIdentifier === "" || isDeferred(clusterIdentifier)) return;
    const other = first.get(clusterIdentifier);
    if (other === undefined) first.set(clusterIdentifier, cluster);
    else findings.add("MW0566", subject, ["clusters", index, "clusterIdentifier"], { cluster, other });
  });
}
