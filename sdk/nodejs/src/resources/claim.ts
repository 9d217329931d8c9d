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
  /** Name of the child that stands for the object, and those that it had. */
  readonly childName: string;
  readonly formerNames: readonly string[];
  readonly connection: ClusterConnection;
  /** Whether the fleet lists the object under `adopt`. */
  readonly isListed: boolean;
  /** The stacks from which the fleet lets it be taken over. */
  readonly fromStacks: readonly string[];
  /** Has Pulumi import the object instead of making it, and then update it to what the program says. */
  readonly takeOver: () => void;
  /** Has Pulumi make the object anew, and delete the one that it has, of this uid, after it. */
  readonly replace: (uid: string | undefined) => void;
  /** Gives the object more annotations. */
  readonly annotate: (annotations: Annotations) => void;
  /** Tells Pulumi a URN that the child had. */
  readonly wasCalled: (urn: string) => void;
}

/** The annotation that says under whose name Pulumi applies fields. */
export const MANAGER = "pulumi.com/patchFieldManager";

export type Annotations = Readonly<Record<string, string>>;

/** What comes of a claim: the finding that refuses it, or annotations. */
export interface Verdict {
  readonly refused?: Diagnostic;
  readonly annotations?: Annotations;
}

/** How findings name an object. */
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

/** Tells a finding as a warning, whatever its severity. */
export function warn({ resource }: Claim, found: Diagnostic): void {
  void pulumi.log.warn(formatDiagnostic({ ...found, severity: "warning" }), resource);
}

/** Refuses an object; in a preview tells that once for each cluster, and goes on. */
export function unlessPreview<C extends Code>(code: C, claim: Claim, facts: FactsOf<C>, otherwise: Verdict): Verdict {
  if (!pulumi.runtime.isDryRun()) return refusal(code, claim, facts);
  const { told } = claim.connection;
  if (!told.has(code)) warn(claim, finding(code, claim, facts));
  told.add(code);
  return otherwise;
}
