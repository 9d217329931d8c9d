import type { z } from "zod";
import type { KindDefinition } from "./definition.js";
import { hostRule } from "./host.js";
import { choose, fields, raise, someOf, text } from "./schema.js";
import { filePath, secretName, subjectAltName } from "./secret-name.js";

/** Server name, certificates and expected names for TLS outside of the mesh. */
export interface OwnTls {
  readonly mode: "simple" | "mutual";
  readonly sni?: string;
  readonly credentialName?: string;
  readonly clientCertificate?: string;
  readonly privateKey?: string;
  readonly caCertificates?: string;
  readonly subjectAltNames?: readonly string[];
}

/** The TLS that callers use to a destination. */
export type ClientTLSPolicy = { readonly mode: "disable" | "istioMutual" } | OwnTls;

const COMMON = {
  sni: text(hostRule("none")).optional(),
  credentialName: text(secretName).optional(),
  caCertificates: text(filePath).optional(),
  subjectAltNames: someOf(text(subjectAltName)).optional(),
};

const PATHS = ["clientCertificate", "privateKey", "caCertificates"] as const;

const simpleSchema = fields(COMMON).superRefine(excludePaths);

const mutualSchema = fields({
  ...COMMON,
  clientCertificate: text(filePath).optional(),
  privateKey: text(filePath).optional(),
}).superRefine((args, context) => {
  excludePaths(args, context);
  if (args.credentialName !== undefined) return;
  for (const field of ["clientCertificate", "privateKey"] as const) {
    if (args[field] === undefined)
      raise(context, "MW0103", { field, expected: "a path in the caller's pod, or `credentialName` instead" });
  }
});

export const clientTLSPolicySchema: z.ZodType<ClientTLSPolicy> = fields({
  disable: fields({}).optional(),
  simple: simpleSchema.optional(),
  mutual: mutualSchema.optional(),
  istioMutual: fields({}).optional(),
}).transform((args, context): ClientTLSPolicy => {
  choose(args, ["disable", "simple", "mutual", "istioMutual"], context);
  if (args.simple !== undefined) return { mode: "simple", ...args.simple } as ClientTLSPolicy;
  if (args.mutual !== undefined) return { mode: "mutual", ...args.mutual } as ClientTLSPolicy;
  return { mode: args.disable === undefined ? "istioMutual" : "disable" };
});

/** Istio's webhook rejects a secret together with files. */
function excludePaths(
  args: { readonly credentialName?: string | undefined } & {
    readonly [P in (typeof PATHS)[number]]?: string | undefined;
  },
  context: z.core.$RefinementCtx<unknown>,
): void {
  if (args.credentialName === undefined) return;
  for (const path of PATHS) {
    if (args[path] !== undefined) raise(context, "MW0515", { field: "credentialName", with: path }, [path]);
  }
}

export const clientTLSPolicyKind = {
  section: "clientTlsPolicies",
  schema: clientTLSPolicySchema,
} as const satisfies KindDefinition<ClientTLSPolicy>;
