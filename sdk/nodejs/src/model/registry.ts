import type { z } from "zod";
import type { Kind, RoutePolicyKind } from "../kinds/kinds.js";
import { accessLogPolicyKind } from "./access-log-policy.js";
import { accessPolicyKind } from "./access-policy.js";
import { activeHealthCheckPolicyKind } from "./active-health-check-policy.js";
import { clientTLSPolicyKind } from "./client-tls-policy.js";
import { compressionPolicyKind } from "./compression-policy.js";
import { connectionPolicyKind } from "./connection-policy.js";
import { corsPolicyKind } from "./cors-policy.js";
import { csrfPolicyKind } from "./csrf-policy.js";
import type { KindDefinition, RoutePolicyDefinition } from "./definition.js";
import { extAuthPolicyKind } from "./ext-auth-policy.js";
import { externalServiceKind } from "./external-service.js";
import { failoverPolicyKind } from "./failover-policy.js";
import { faultInjectionPolicyKind } from "./fault-injection-policy.js";
import { fleetKind } from "./fleet.js";
import { headerManipulationPolicyKind } from "./header-manipulation-policy.js";
import { httpBufferPolicyKind } from "./http-buffer-policy.js";
import { jwtPolicyKind } from "./jwt-policy.js";
import { listenerConnectionPolicyKind } from "./listener-connection-policy.js";
import { loadBalancerPolicyKind } from "./load-balancer-policy.js";
import { mirrorPolicyKind } from "./mirror-policy.js";
import { outlierDetectionPolicyKind } from "./outlier-detection-policy.js";
import { proxyProtocolPolicyKind } from "./proxy-protocol-policy.js";
import { rateLimitPolicyKind } from "./rate-limit-policy.js";
import { retryTimeoutPolicyKind } from "./retry-timeout-policy.js";
import { routeTableKind } from "./route-table.js";
import { transformationPolicyKind } from "./transformation-policy.js";
import { trimProxyConfigPolicyKind } from "./trim-proxy-config-policy.js";
import { dlpPolicyKind, wafPolicyKind } from "./unsupported-policy.js";
import { virtualDestinationKind } from "./virtual-destination.js";
import { virtualGatewayKind } from "./virtual-gateway.js";
import { workspaceKind } from "./workspace.js";
import { workspaceSettingsKind } from "./workspace-settings.js";

/** The definition of each kind. A missing kind, or one without what its family needs, is a compile error. */
export const REGISTRY = {
  AccessLogPolicy: accessLogPolicyKind,
  AccessPolicy: accessPolicyKind,
  ActiveHealthCheckPolicy: activeHealthCheckPolicyKind,
  CORSPolicy: corsPolicyKind,
  CSRFPolicy: csrfPolicyKind,
  ClientTLSPolicy: clientTLSPolicyKind,
  CompressionPolicy: compressionPolicyKind,
  ConnectionPolicy: connectionPolicyKind,
  DLPPolicy: dlpPolicyKind,
  ExtAuthPolicy: extAuthPolicyKind,
  ExternalService: externalServiceKind,
  FailoverPolicy: failoverPolicyKind,
  FaultInjectionPolicy: faultInjectionPolicyKind,
  Fleet: fleetKind,
  HTTPBufferPolicy: httpBufferPolicyKind,
  HeaderManipulationPolicy: headerManipulationPolicyKind,
  JWTPolicy: jwtPolicyKind,
  ListenerConnectionPolicy: listenerConnectionPolicyKind,
  LoadBalancerPolicy: loadBalancerPolicyKind,
  MirrorPolicy: mirrorPolicyKind,
  OutlierDetectionPolicy: outlierDetectionPolicyKind,
  ProxyProtocolPolicy: proxyProtocolPolicyKind,
  RateLimitPolicy: rateLimitPolicyKind,
  RetryTimeoutPolicy: retryTimeoutPolicyKind,
  RouteTable: routeTableKind,
  TransformationPolicy: transformationPolicyKind,
  TrimProxyConfigPolicy: trimProxyConfigPolicyKind,
  VirtualDestination: virtualDestinationKind,
  VirtualGateway: virtualGatewayKind,
  WAFPolicy: wafPolicyKind,
  Workspace: workspaceKind,
  WorkspaceSettings: workspaceSettingsKind,
} as const satisfies Readonly<Record<Kind, KindDefinition<never, unknown>>> &
  Readonly<Record<RoutePolicyKind, RoutePolicyDefinition<never, unknown>>>;

/** The model type of each kind. */
export type ModelOf = { readonly [K in Kind]: z.output<(typeof REGISTRY)[K]["schema"]> };
