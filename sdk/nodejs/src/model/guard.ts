import { z } from "zod";
import { GuardSubjectKind, OperatorKind } from "../args/guard.js";
import { hostRule } from "./host.js";
import { dnsLabel, fields, plainText, raise, someOf, text } from "./schema.js";

/** A user, group or service account that writes to an API server. */
export interface GuardSubject {
  readonly kind: GuardSubjectKind;
  readonly name: string;
  readonly namespace?: string;
}

/** The operators of a fleet's clusters. */
export interface FleetGuard {
  readonly operators: readonly GuardSubject[];
}

/** The writes that the API servers allow a team. */
export interface WorkspaceGuard {
  readonly subjects: readonly GuardSubject[];
  readonly guests: readonly GuardSubject[];
  readonly hosts: readonly string[];
  readonly uses: readonly string[];
  readonly exportTo: readonly string[];
  readonly elsewhere: readonly string[];
  /** Absent if the team's stacks are not listed. */
  readonly stacks?: readonly string[];
  readonly kinds: readonly OperatorKind[];
}

const subjectSchema: z.ZodType<GuardSubject> = fields({
  kind: plainText().pipe(z.enum(GuardSubjectKind)),
  name: text(notEmpty),
  namespace: text(dnsLabel).optional(),
}).superRefine(({ kind, namespace }, context) => {
  const isAccount = kind === GuardSubjectKind.ServiceAccount;
  if (isAccount && namespace === undefined)
    raise(context, "MW0103", { field: "namespace", expected: "the namespace of the service account" });
  if (!isAccount && namespace !== undefined) raise(context, "MW0654", { kind });
});

function notEmpty(value: string, context: z.core.$RefinementCtx<unknown>): void {
  if (value.trim() === "") raise(context, "MW0110", { found: value, expected: "a name", example: "shop-team" });
}

/** Accepts hosts that a team may own: Service names already belong to the owner of their namespace. */
function ownHost(value: string, context: z.core.$RefinementCtx<unknown>): void {
  hostRule("first-label")(value, context);
  const labels = value.toLowerCase().split(".");
  if (labels.length < 2 || labels.includes("svc") || (labels[0] === "*" && labels.length < 3))
    raise(context, "MW0655", { host: value });
}

function stackName(value: string, context: z.core.$RefinementCtx<unknown>): void {
  if (!/^[^/]+\/[^/]+\/[^/]+$/.test(value))
    raise(context, "MW0110", { found: value, expected: "ORGANIZATION/PROJECT/STACK", example: "acme/shop/prod" });
}

function exportRule(value: string, context: z.core.$RefinementCtx<unknown>): void {
  if (value !== "*") dnsLabel(value, context);
}

export const fleetGuardSchema: z.ZodType<FleetGuard> = fields({ operators: someOf(subjectSchema) });

export const workspaceGuardSchema: z.ZodType<WorkspaceGuard> = fields({
  subjects: someOf(subjectSchema),
  guests: z.array(subjectSchema).default([]),
  hosts: z.array(text(ownHost)).default([]),
  uses: z.array(text(hostRule("first-label"))).default([]),
  exportTo: z.array(text(exportRule)).default([]),
  elsewhere: z.array(text(dnsLabel)).default([]),
  stacks: someOf(text(stackName)).optional(),
  kinds: z.array(plainText().pipe(z.enum(OperatorKind))).default([]),
});

/** Groups of everybody in a cluster, or of everything that runs in it; neither a team nor operators. */
const EVERYBODY: readonly string[] = ["system:authenticated", "system:unauthenticated", "system:serviceaccounts"];

/** True if a subject covers everybody. */
export function isEverybody({ kind, name }: GuardSubject): boolean {
  return (
    (kind === GuardSubjectKind.Group && EVERYBODY.includes(name)) ||
    (kind === GuardSubjectKind.User && name === "system:anonymous")
  );
}

/** Returns the API server's name for a subject: a user name, or one of a user's groups. */
export function authenticatedName({ kind, name, namespace }: GuardSubject): string {
  return kind === GuardSubjectKind.ServiceAccount ? `system:serviceaccount:${namespace}:${name}` : name;
}
