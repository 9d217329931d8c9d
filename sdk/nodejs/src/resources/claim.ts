import * as pulumi from "@pulumi/pulumi";
import type { Code } from "../diagnostics/catalog.js";
import type { Diagnostic, FactsOf, Subject } from "../diagnostics/diagnostic.js";
import { formatDiagnostic } from "../diagnostics/format.js";
import { Findings } from "../diagnostics/report.js";
import { type KubeObject, objectName } from "../kube/object.js";
import type { ClusterConnection } from "./connection.js";

/** An object that a resource is about to declare. */
export interface Claim {
  readonly resource: pulumi.ComponentResource;
  readonly subject: Subject;
  readonly object: KubeObject;
  /** Name of the child that declares the object, and its former names. */
  readonly childName: string;
  readonly formerNames: readonly string[];
  readonly connection: ClusterConnection;
  /** True if the fleet lists the object under `adopt`. */
  readonly isListed: boolean;
  /** The stacks from which the fleet allows taking it over. */
  readonly fromStacks: readonly string[];
  /** Makes Pulumi import the object instead of creating it, and then update it to the program's arguments. */
  readonly takeOver: () => void;
  /** Makes Pulumi replace the object: create it again, and then delete the existing one, which has this uid. */
  readonly replace: (uid: string | undefined) => void;
  /** Adds annotations to the object. */
  readonly annotate: (annotations: Annotations) => void;
  /** Adds a former URN of the child as an alias. */
  readonly wasCalled: (urn: string) => void;
}

/** The annotation with the field manager that Pulumi applies fields as. */
export const MANAGER = "pulumi.com/patchFieldManager";

export type Annotations = Readonly<Record<string, string>>;

/** The outcome of a claim: the finding that rejects it, or annotations. */
export interface Verdict {
  readonly refused?: Diagnostic;
  readonly annotations?: Annotations;
}

/** Returns the facts by which findings identify an object. */
export function factsOf({ object, connection }: Claim): { object: string; cluster: string } {
  return { object: `${object.kind} ${objectName(object)}`, cluster: connection.cluster };
}

export function refusal<C extends Code>(code: C, claim: Claim, facts: FactsOf<C>): Verdict {
  return { refused: finding(code, claim, facts) };
}

export function finding<C extends Code>(code: C, { subject }: Claim, facts: FactsOf<C>): Diagnostic {
  const findings = new Findings();
  findings.add(code, subject, [], facts);
  return findings.all[0] as Diagnostic;
}

/** Reports a finding as a warning, whatever its severity. */
export function warn({ resource }: Claim, found: Diagnostic): void {
  void pulumi.log.warn(formatDiagnostic({ ...found, severity: "warning" }), resource);
}

/** Rejects an object; a preview instead warns once per cluster and continues. */
export function unlessPreview<C extends Code>(code: C, claim: Claim, facts: FactsOf<C>, otherwise: Verdict): Verdict {
  if (!pulumi.runtime.isDryRun()) return refusal(code, claim, facts);
  const { reported } = claim.connection;
  if (!reported.has(code)) warn(claim, finding(code, claim, facts));
  reported.add(code);
  return otherwise;
}
