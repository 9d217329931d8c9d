import { z } from "zod";
import { PeerTlsMode } from "../args/access-policy.js";
import type { KindDefinition } from "./definition.js";
import { isIpAddress, isIpRange } from "./host.js";
import { headerName, headerValue, isToken } from "./match.js";
import {
  atLeastOne,
  dnsLabel,
  fields,
  plainText,
  type RefinementContext,
  raise,
  refineObjectName,
  someOf,
  text,
} from "./schema.js";

/** Service accounts of callers; an absent field matches any value. */
export interface ServiceAccountSelector {
  readonly name?: string;
  readonly namespace?: string;
  readonly cluster?: string;
}

/** Principals from the tokens of callers. */
export interface RequestIdentityMatcher {
  readonly requestPrincipals?: readonly string[];
  readonly notRequestPrincipals?: readonly string[];
}

/** Callers by identity; an absent field matches any value. */
export interface IdentitySelector {
  readonly serviceAccountSelector?: ServiceAccountSelector;
  readonly requestIdentityMatcher?: RequestIdentityMatcher;
}

/** A condition on a header, its name in lower case. The conditions of an authorization are sorted by name. */
export interface HeaderCondition {
  readonly name: string;
  readonly values?: readonly string[];
  readonly notValues?: readonly string[];
}

/** The requests to allow: those that match all fields present. */
export interface Authorization {
  readonly allowedClients?: readonly IdentitySelector[];
  readonly allowedPaths?: readonly string[];
  readonly allowedMethods?: readonly string[];
  readonly allowedIpBlocks?: readonly string[];
  readonly allowedRemoteIpBlocks?: readonly string[];
  readonly headers: readonly HeaderCondition[];
  readonly dryRun: boolean;
}

/** The allowed callers and requests; an empty list of authorizations allows everything. */
export interface AccessPolicy {
  readonly tlsMode?: PeerTlsMode;
  readonly authorizations: readonly Authorization[];
}

/** Istio treats a `*` as a wildcard only at one end, and braces in paths as templates. */
function pattern(value: string, context: RefinementContext): void {
  const stars = value.split("*").length - 1;
  const isAtEnd = value.startsWith("*") || value.endsWith("*");
  if (value === "" || stars > 1 || (stars === 1 && !isAtEnd))
    raise(context, "MW0110", {
      found: value,
      expected: "a text with at most one `*`, at its beginning or its end",
      example: "/reviews/*",
    });
}

function path(value: string, context: RefinementContext): void {
  pattern(value, context);
  if (!/^[/*]/.test(value) || /[{}?#\s]/.test(value))
    raise(context, "MW0110", {
      found: value,
      expected: "a path that begins with `/` or `*`, without query, braces and spaces",
      example: "/reviews/*",
    });
}

function method(value: string, context: RefinementContext): void {
  if (!isToken(value) || value.includes("*"))
    raise(context, "MW0110", { found: value, expected: "an HTTP method", example: "GET" });
}

function ipBlock(value: string, context: RefinementContext): void {
  if (!isIpAddress(value) && !isIpRange(value))
    raise(context, "MW0110", {
      found: value,
      expected: "an IP address or a range of them",
      example: "198.51.100.0/24",
    });
}

function value(each: string, context: RefinementContext): void {
  headerValue(each, context);
  pattern(each, context);
}

const serviceAccountSchema: z.ZodType<ServiceAccountSelector> = fields({
  name: text(refineObjectName("service account", "reviews")).optional(),
  namespace: text(dnsLabel).optional(),
  cluster: plainText().optional(),
}).superRefine(({ name, namespace }, context) => {
  if (name !== undefined && namespace === undefined)
    raise(context, "MW0103", { field: "namespace", expected: "the namespace of the service account" });
});

const TOKENS = {
  requestPrincipals: someOf(text(pattern)).optional(),
  notRequestPrincipals: someOf(text(pattern)).optional(),
};

const CLIENT = {
  serviceAccountSelector: serviceAccountSchema.optional(),
  requestIdentityMatcher: fields(TOKENS)
    .superRefine((args, context) => atLeastOne(args, Object.keys(TOKENS), context))
    .optional(),
};

const clientSchema: z.ZodType<IdentitySelector> = fields(CLIENT).superRefine((args, context) =>
  atLeastOne(args, Object.keys(CLIENT), context),
);

const VALUES = { values: someOf(text(value)).optional(), notValues: someOf(text(value)).optional() };

const headersSchema: z.ZodType<readonly HeaderCondition[]> = z
  .record(
    z.string(),
    fields(VALUES).superRefine((args, context) => atLeastOne(args, Object.keys(VALUES), context)),
  )
  .transform((entries, context): readonly HeaderCondition[] => {
    const written = new Map<string, string>();
    for (const name of Object.keys(entries)) {
      headerName(name, context, [name]);
      const first = written.get(name.toLowerCase());
      if (first !== undefined) raise(context, "MW0515", { field: first, with: name }, [name]);
      written.set(name.toLowerCase(), name);
    }
    if (written.size === 0) raise(context, "MW0104", { found: 0, minimum: 1, unit: "headers" });
    return Object.entries(entries)
      .map(([name, each]) => ({ name: name.toLowerCase(), ...each }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  });

const CONDITIONS = {
  allowedClients: someOf(clientSchema).optional(),
  allowedPaths: someOf(text(path)).optional(),
  allowedMethods: someOf(text(method)).optional(),
  allowedIpBlocks: someOf(text(ipBlock)).optional(),
  allowedRemoteIpBlocks: someOf(text(ipBlock)).optional(),
  match: fields({ request: fields({ headers: headersSchema }) }).optional(),
};

const authorizationSchema: z.ZodType<Authorization> = fields({ ...CONDITIONS, dryRun: z.boolean().default(false) })
  // an entry without conditions allows everything, regardless of the others
  .superRefine((args, context) => atLeastOne(args, Object.keys(CONDITIONS), context))
  .transform(({ match, ...args }) => ({ ...args, headers: match?.request.headers ?? [] }));

export const accessPolicySchema: z.ZodType<AccessPolicy> = fields({
  authn: fields({ tlsMode: plainText().pipe(z.enum(PeerTlsMode)) }).optional(),
  authzList: someOf(authorizationSchema).optional(),
})
  .superRefine((args, context) => atLeastOne(args, ["authn", "authzList"], context))
  .transform(({ authn, authzList }) => ({
    ...(authn && { tlsMode: authn.tlsMode }),
    authorizations: authzList ?? [],
  }));

/** True if an authorization matches on HTTP requests rather than connections alone. */
export function looksAtRequests({ allowedClients = [], ...authorization }: Authorization): boolean {
  return (
    authorization.allowedPaths !== undefined ||
    authorization.allowedMethods !== undefined ||
    authorization.headers.length > 0 ||
    authorization.dryRun ||
    allowedClients.some(({ requestIdentityMatcher }) => requestIdentityMatcher !== undefined)
  );
}

/** Returns the service accounts that an authorization allows. */
export function serviceAccountsOf({ allowedClients = [] }: Authorization): readonly ServiceAccountSelector[] {
  return allowedClients.flatMap(({ serviceAccountSelector }) => serviceAccountSelector ?? []);
}

/** True if an authorization matches on the identities that mutual TLS verifies. */
export function looksAtServiceAccounts(authorization: Authorization): boolean {
  return serviceAccountsOf(authorization).length > 0;
}

/** True if an authorization requires an identity verified by mutual TLS. */
export function needsServiceAccount({ allowedClients }: Authorization): boolean {
  return allowedClients?.every(({ serviceAccountSelector }) => serviceAccountSelector !== undefined) ?? false;
}

export const accessPolicyKind = {
  section: "accessPolicies",
  schema: accessPolicySchema,
} as const satisfies KindDefinition<AccessPolicy>;
