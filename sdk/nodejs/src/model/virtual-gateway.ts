import { z } from "zod";
import { ListenerProtocol, TlsMode, TlsVersion } from "../args/virtual-gateway.js";
import { derive, isDeferred, type Leaf } from "./deferred.js";
import type { KindDefinition } from "./definition.js";
import { dottedHostRule } from "./host.js";
import { type PolicyReference, policiesSchema } from "./policy-reference.js";
import {
  dnsLabel,
  fields,
  flag,
  oneOf,
  plainLabels,
  plainText,
  port,
  raise,
  reference,
  someLabels,
  someOf,
  text,
} from "./schema.js";
import { secretName } from "./secret-name.js";
import { type WorkspaceReference, workspaceReference } from "./workspace-reference.js";

/** TLS settings of a listener. */
export interface ListenerTls {
  readonly mode: Leaf<TlsMode>;
  readonly secretName?: string;
  readonly minimumProtocolVersion: Leaf<TlsVersion>;
  readonly maximumProtocolVersion?: Leaf<TlsVersion>;
  readonly cipherSuites?: readonly string[];
}

/** A host of a listener, and the route tables that may use it, by labels or workspace. */
export interface AllowedRouteTables {
  readonly host: string;
  readonly selector?: { readonly labels: Readonly<Record<string, string>> };
  readonly workspaces?: readonly WorkspaceReference[];
}

/** One port of a gateway. */
export interface Listener {
  readonly port: Leaf<number>;
  readonly targetPort: Leaf<number>;
  readonly protocol: Leaf<ListenerProtocol>;
  readonly httpsRedirect: Leaf<boolean>;
  readonly tls?: ListenerTls;
  readonly allowedRouteTables: readonly AllowedRouteTables[];
}

/** Enforcement by the API servers of what a gateway allows. */
export interface GatewayGuard {
  /** All teams; absent if unowned namespaces are not guarded. */
  readonly workspaces?: readonly WorkspaceReference[];
}

/** A set of gateway proxies with their ports, hosts and certificates. */
export interface VirtualGateway {
  readonly fleet: string;
  readonly workspace?: WorkspaceReference;
  readonly namespace: string;
  readonly workloads: { readonly labels: Readonly<Record<string, string>> };
  readonly clusters?: readonly string[];
  readonly listeners: readonly Listener[];
  readonly policies: readonly PolicyReference[];
  readonly guard?: GatewayGuard;
}

/** The kinds of routes: for requests, for TLS connections by server name, and for other connections. */
export type RouteSort = "http" | "tls" | "tcp";

/** Returns the kind of routes that a listener serves; undefined until known. */
export function sortServedBy({ protocol, tls }: Pick<Listener, "protocol" | "tls">): RouteSort | undefined {
  if (isDeferred(protocol)) return undefined;
  if (protocol === ListenerProtocol.Tcp) return "tcp";
  if (protocol !== ListenerProtocol.Tls) return "http";
  if (isDeferred(tls?.mode)) return undefined;
  return tls?.mode === TlsMode.Passthrough ? "tls" : "tcp";
}

/** Envoy's cipher suites for TLS up to 1.2; Istio silently drops others. */
const CIPHER_SUITES: readonly string[] = [
  "ECDHE-ECDSA-AES128-GCM-SHA256",
  "ECDHE-RSA-AES128-GCM-SHA256",
  "ECDHE-ECDSA-AES256-GCM-SHA384",
  "ECDHE-RSA-AES256-GCM-SHA384",
  "ECDHE-ECDSA-CHACHA20-POLY1305",
  "ECDHE-RSA-CHACHA20-POLY1305",
  "ECDHE-ECDSA-AES128-SHA",
  "ECDHE-RSA-AES128-SHA",
  "ECDHE-ECDSA-AES256-SHA",
  "ECDHE-RSA-AES256-SHA",
  "AES128-GCM-SHA256",
  "AES256-GCM-SHA384",
  "AES128-SHA",
  "AES256-SHA",
  "DES-CBC3-SHA",
];

function cipherSuite(value: string, context: z.core.$RefinementCtx<unknown>): void {
  if (!CIPHER_SUITES.includes(value)) raise(context, "MW0105", { found: value, allowed: CIPHER_SUITES });
}

const tlsSchema: z.ZodType<ListenerTls> = fields({
  mode: oneOf(TlsMode),
  secretName: text(secretName).optional(),
  minimumProtocolVersion: oneOf(TlsVersion).optional(),
  maximumProtocolVersion: oneOf(TlsVersion).optional(),
  cipherSuites: someOf(text(cipherSuite)).optional(),
})
  .superRefine((tls, context) => {
    if (isDeferred(tls.mode) || tls.mode !== TlsMode.Passthrough) return;
    for (const field of ["secretName", "minimumProtocolVersion", "maximumProtocolVersion", "cipherSuites"] as const)
      if (tls[field] !== undefined) raise(context, "MW0225", { field });
  })
  .transform((tls) => ({ ...tls, minimumProtocolVersion: tls.minimumProtocolVersion ?? TlsVersion.Tls12 }));

const listenerSchema: z.ZodType<Listener> = fields({
  port,
  targetPort: port.optional(),
  protocol: oneOf(ListenerProtocol).optional(),
  httpsRedirect: flag.default(false),
  tls: tlsSchema.optional(),
  allowedRouteTables: z
    .array(
      fields({
        host: text(dottedHostRule("any")),
        selector: fields({ labels: plainLabels.superRefine(someLabels) }).optional(),
        workspaces: someOf(workspaceReference).optional(),
      }),
    )
    .min(1)
    .default([{ host: "*" }]),
}).transform((listener) => ({
  ...listener,
  targetPort: listener.targetPort ?? listener.port,
  protocol: listener.protocol ?? defaultProtocol(listener.tls),
}));

function defaultProtocol(tls: ListenerTls | undefined): Leaf<ListenerProtocol> {
  if (tls === undefined) return ListenerProtocol.Http;
  return derive([tls.mode], () => (tls.mode === TlsMode.Passthrough ? ListenerProtocol.Tls : ListenerProtocol.Https));
}

export const virtualGatewaySchema: z.ZodType<VirtualGateway> = fields({
  fleet: reference("Fleet"),
  workspace: workspaceReference.optional(),
  namespace: plainText(dnsLabel),
  workloads: fields({ labels: plainLabels.superRefine(someLabels) }),
  clusters: someOf(plainText()).optional(),
  listeners: someOf(listenerSchema),
  policies: policiesSchema,
  guard: fields({ workspaces: someOf(workspaceReference).optional() }).optional(),
});

export const virtualGatewayKind = {
  section: "virtualGateways",
  schema: virtualGatewaySchema,
} as const satisfies KindDefinition<VirtualGateway>;
