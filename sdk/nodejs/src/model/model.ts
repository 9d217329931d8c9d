import { z } from "zod";
import type { Subject, SubjectKind } from "../diagnostics/diagnostic.js";
import type { Findings } from "../diagnostics/report.js";
import { type AccessLogPolicy, accessLogPolicySchema } from "./access-log-policy.js";
import { type AccessPolicy, accessPolicySchema } from "./access-policy.js";
import { type ActiveHealthCheckPolicy, activeHealthCheckPolicySchema } from "./active-health-check-policy.js";
import { isWhole, oddShapeOf, refuseBrokenTexts, refuseLongLists, refuseProtoKeys } from "./args-shape.js";
import { type ClientTLSPolicy, clientTLSPolicySchema } from "./client-tls-policy.js";
import { type ConnectionPolicy, connectionPolicySchema } from "./connection-policy.js";
import { type CORSPolicy, corsPolicySchema } from "./cors-policy.js";
import { type CSRFPolicy, csrfPolicySchema } from "./csrf-policy.js";
import { type ExtAuthPolicy, extAuthPolicySchema } from "./ext-auth-policy.js";
import { type ExternalService, externalServiceSchema } from "./external-service.js";
import { type FailoverPolicy, failoverPolicySchema } from "./failover-policy.js";
import { type FaultInjectionPolicy, faultInjectionPolicySchema } from "./fault-injection-policy.js";
import { type Fleet, fleetSchema } from "./fleet.js";
import { addIssues } from "./from-zod.js";
import { type HeaderManipulationPolicy, headerManipulationPolicySchema } from "./header-manipulation-policy.js";
import { type HTTPBufferPolicy, httpBufferPolicySchema } from "./http-buffer-policy.js";
import { type JWTPolicy, jwtPolicySchema } from "./jwt-policy.js";
import { type ListenerConnectionPolicy, listenerConnectionPolicySchema } from "./listener-connection-policy.js";
import { type LoadBalancerPolicy, loadBalancerPolicySchema } from "./load-balancer-policy.js";
import { type MirrorPolicy, mirrorPolicySchema } from "./mirror-policy.js";
import { type OutlierDetectionPolicy, outlierDetectionPolicySchema } from "./outlier-detection-policy.js";
import { isPolicyKind, type PolicyKind } from "./policy.js";
import { type ProxyProtocolPolicy, proxyProtocolPolicySchema } from "./proxy-protocol-policy.js";
import { type RateLimitPolicy, rateLimitPolicySchema } from "./rate-limit-policy.js";
import { type RetryTimeoutPolicy, retryTimeoutPolicySchema } from "./retry-timeout-policy.js";
import { type RouteTable, routeTableSchema } from "./route-table.js";
import { salvage } from "./salvage.js";
import { type TransformationPolicy, transformationPolicySchema } from "./transformation-policy.js";
import { type TrimProxyConfigPolicy, trimProxyConfigPolicySchema } from "./trim-proxy-config-policy.js";
import { type UnsupportedPolicy, unsupportedPolicySchema } from "./unsupported-policy.js";
import { type VirtualDestination, virtualDestinationSchema } from "./virtual-destination.js";
import { type VirtualGateway, virtualGatewaySchema } from "./virtual-gateway.js";

import { type Workspace, workspaceSchema } from "./workspace.js";
import { type WorkspaceSettings, workspaceSettingsSchema } from "./workspace-settings.js";

/** Kinds of resources that a model holds. */
export type Kind = Exclude<SubjectKind, "Model">;

/** The model type of each kind. */
export interface ModelOf {
  readonly Fleet: Fleet;
  readonly VirtualGateway: VirtualGateway;
  readonly RouteTable: RouteTable;
  readonly VirtualDestination: VirtualDestination;
  readonly ExternalService: ExternalService;
  readonly Workspace: Workspace;
  readonly WorkspaceSettings: WorkspaceSettings;
  readonly AccessPolicy: AccessPolicy;
  readonly TrimProxyConfigPolicy: TrimProxyConfigPolicy;
  readonly ActiveHealthCheckPolicy: ActiveHealthCheckPolicy;
  readonly ClientTLSPolicy: ClientTLSPolicy;
  readonly AccessLogPolicy: AccessLogPolicy;
  readonly ConnectionPolicy: ConnectionPolicy;
  readonly CORSPolicy: CORSPolicy;
  readonly CSRFPolicy: CSRFPolicy;
  readonly ExtAuthPolicy: ExtAuthPolicy;
  readonly DLPPolicy: UnsupportedPolicy;
  readonly FailoverPolicy: FailoverPolicy;
  readonly FaultInjectionPolicy: FaultInjectionPolicy;
  readonly HTTPBufferPolicy: HTTPBufferPolicy;
  readonly HeaderManipulationPolicy: HeaderManipulationPolicy;
  readonly JWTPolicy: JWTPolicy;
  readonly ListenerConnectionPolicy: ListenerConnectionPolicy;
  readonly LoadBalancerPolicy: LoadBalancerPolicy;
  readonly MirrorPolicy: MirrorPolicy;
  readonly OutlierDetectionPolicy: OutlierDetectionPolicy;
  readonly ProxyProtocolPolicy: ProxyProtocolPolicy;
  readonly RateLimitPolicy: RateLimitPolicy;
  readonly RetryTimeoutPolicy: RetryTimeoutPolicy;
  readonly TransformationPolicy: TransformationPolicy;
  readonly WAFPolicy: UnsupportedPolicy;
}

/** What a set of resources says, by kind and name. References between them are names. */
export type Model = { readonly [K in Kind]: ReadonlyMap<string, ModelOf[K]> };

const SCHEMAS: { readonly [K in Kind]: z.ZodType<ModelOf[K]> } = {
  Fleet: fleetSchema,
  VirtualGateway: virtualGatewaySchema,
  RouteTable: routeTableSchema,
  VirtualDestination: virtualDestinationSchema,
  ExternalService: externalServiceSchema,
  Workspace: workspaceSchema,
  WorkspaceSettings: workspaceSettingsSchema,
  AccessPolicy: accessPolicySchema,
  TrimProxyConfigPolicy: trimProxyConfigPolicySchema,
  ActiveHealthCheckPolicy: activeHealthCheckPolicySchema,
  ClientTLSPolicy: clientTLSPolicySchema,
  AccessLogPolicy: accessLogPolicySchema,
  ConnectionPolicy: connectionPolicySchema,
  CORSPolicy: corsPolicySchema,
  CSRFPolicy: csrfPolicySchema,
  ExtAuthPolicy: extAuthPolicySchema,
  DLPPolicy: unsupportedPolicySchema,
  FailoverPolicy: failoverPolicySchema,
  FaultInjectionPolicy: faultInjectionPolicySchema,
  HTTPBufferPolicy: httpBufferPolicySchema,
  HeaderManipulationPolicy: headerManipulationPolicySchema,
  JWTPolicy: jwtPolicySchema,
  ListenerConnectionPolicy: listenerConnectionPolicySchema,
  LoadBalancerPolicy: loadBalancerPolicySchema,
  MirrorPolicy: mirrorPolicySchema,
  OutlierDetectionPolicy: outlierDetectionPolicySchema,
  ProxyProtocolPolicy: proxyProtocolPolicySchema,
  RateLimitPolicy: rateLimitPolicySchema,
  RetryTimeoutPolicy: retryTimeoutPolicySchema,
  TransformationPolicy: transformationPolicySchema,
  WAFPolicy: unsupportedPolicySchema,
};

/** Making zod's compiled parser takes as long as parsing this many resources without it, or ten times as many routes. */
const WORTH_COMPILING = 50;

const parsed = new Map<Kind, number>();
const compiled: { -readonly [K in Kind]?: z.ZodType<ModelOf[K]> } = {};

/** The schema of a kind, with zod's compiled parser once there is much to parse with it. */
function schemaOf<K extends Kind>(kind: K, args: unknown): z.ZodType<ModelOf[K]> {
  const known: z.ZodType<ModelOf[K]> | undefined = compiled[kind];
  if (known !== undefined) return known;
  const count = (parsed.get(kind) ?? 0) + Math.max(1, routesIn(args) / 10);
  parsed.set(kind, count);
  if (count < WORTH_COMPILING) return SCHEMAS[kind];
  const fresh = z.compile(SCHEMAS[kind]);
  Object.assign(compiled, { [kind]: fresh });
  return fresh;
}

function routesIn(args: unknown): number {
  const http = typeof args === "object" && args !== null && "http" in args ? args.http : undefined;
  return Array.isArray(http) ? http.length : 0;
}

/** The kinds. */
export const KINDS = Object.keys(SCHEMAS) as readonly Kind[];

/** Whether resources of a kind are made for a fleet. */
export function hasFleet(kind: Kind): kind is Exclude<Kind, "Fleet" | "WorkspaceSettings" | PolicyKind> {
  return kind !== "Fleet" && kind !== "WorkspaceSettings" && !isPolicyKind(kind);
}

/** How many issues of one resource are told; with some more zod runs out of stack. */
const MOST_ISSUES = 20_000;

/** With more issues than that, checks would hardly find anything that is right. */
const MOST_SALVAGED = 1000;

/** What a schema says of arguments; undefined where it finds too much wrong with them. */
function parseWith<T>(schema: z.ZodType<T>, args: unknown): z.ZodSafeParseResult<T> | undefined {
  try {
    return schema.safeParse(args);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/**
 * Parses one resource's arguments.
 *
 * Where findings are added, the result is only what checks can still look at, or undefined; it must not be rendered.
 */
export function parseResource<K extends Kind>(
  kind: K,
  name: string,
  args: unknown,
  findings: Findings,
): ModelOf[K] | undefined {
  const subject: Subject = { kind, name };
  const shape = oddShapeOf(args);
  refuseLongLists(shape, subject, findings);
  refuseBrokenTexts(shape, subject, findings);
  if (!isWhole(name)) findings.add("MW0112", subject, [], { text: name });
  if (shape.tooLong.length > 0) return undefined;
  const result = parseWith(schemaOf(kind, args), args);
  const issues = result?.error?.issues ?? [];
  if (result === undefined || issues.length > MOST_ISSUES) {
    const facts = { found: `more than ${MOST_ISSUES}`, maximum: MOST_ISSUES, unit: "mistakes" };
    findings.add("MW0104", subject, [], facts);
    addIssues(findings, subject, args, issues.slice(0, MOST_ISSUES));
    return undefined;
  }
  refuseProtoKeys(shape, issues, subject, findings);
  if (result.success) return result.data;
  addIssues(findings, subject, args, issues);
  return issues.length > MOST_SALVAGED ? undefined : salvage(SCHEMAS[kind], args, issues);
}

/** A model of nothing. */
export function emptyModel(): { [K in Kind]: Map<string, ModelOf[K]> } {
  return {
    Fleet: new Map(),
    VirtualGateway: new Map(),
    RouteTable: new Map(),
    VirtualDestination: new Map(),
    ExternalService: new Map(),
    Workspace: new Map(),
    WorkspaceSettings: new Map(),
    AccessPolicy: new Map(),
    TrimProxyConfigPolicy: new Map(),
    ActiveHealthCheckPolicy: new Map(),
    ClientTLSPolicy: new Map(),
    AccessLogPolicy: new Map(),
    ConnectionPolicy: new Map(),
    CORSPolicy: new Map(),
    CSRFPolicy: new Map(),
    ExtAuthPolicy: new Map(),
    DLPPolicy: new Map(),
    FailoverPolicy: new Map(),
    FaultInjectionPolicy: new Map(),
    HTTPBufferPolicy: new Map(),
    HeaderManipulationPolicy: new Map(),
    JWTPolicy: new Map(),
    ListenerConnectionPolicy: new Map(),
    LoadBalancerPolicy: new Map(),
    MirrorPolicy: new Map(),
    OutlierDetectionPolicy: new Map(),
    ProxyProtocolPolicy: new Map(),
    RateLimitPolicy: new Map(),
    RetryTimeoutPolicy: new Map(),
    TransformationPolicy: new Map(),
    WAFPolicy: new Map(),
  };
}
