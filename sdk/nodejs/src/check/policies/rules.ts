import type { Rule } from "../rule.js";
import { activeHealthChecks } from "./active-health-checks.js";
import { calloutHostMismatch } from "./callout-host-mismatch.js";
import { clientTlsReach } from "./client-tls-reach.js";
import { consistentHashReach } from "./consistent-hash-reach.js";
import { corsWithoutPreflight } from "./cors-without-preflight.js";
import { credentialsForStrangers } from "./credentials-for-strangers.js";
import { descriptorNeverMade } from "./descriptor-never-made.js";
import { distributionShutsGateway } from "./distribution-shuts-gateway.js";
import { duplicatePolicies } from "./duplicate-policies.js";
import { emptyHeaderValue } from "./empty-header-value.js";
import { emptyPoliciesInherit } from "./empty-policies-inherit.js";
import { extractorGroups } from "./extractor-groups.js";
import { failoverRegions } from "./failover-regions.js";
import { failoverWithoutOutlierDetection } from "./failover-without-outlier-detection.js";
import { gatewayErrorsBelowErrors } from "./gateway-errors-below-errors.js";
import { grpcServerProtocol } from "./grpc-server-protocol.js";
import { hashUnderWeights } from "./hash-under-weights.js";
import { hashWithoutHttp } from "./hash-without-http.js";
import { keysInPlaintext } from "./keys-in-plaintext.js";
import { localityWeights } from "./locality-weights.js";
import { mixedMappings } from "./mixed-mappings.js";
import { originNeverSent } from "./origin-never-sent.js";
import { overlappingLocalities } from "./overlapping-localities.js";
import { panicThreshold } from "./panic-threshold.js";
import { policyMeetsNoRequest } from "./policy-meets-no-request.js";
import { policyOnWrongResource } from "./policy-on-wrong-resource.js";
import { policyWithoutEffect } from "./policy-without-effect.js";
import { priorityLabels } from "./priority-labels.js";
import { regionWithoutCluster } from "./region-without-cluster.js";
import { repeatedKey } from "./repeated-key.js";
import { retriesOutOfTime } from "./retries-out-of-time.js";
import { smallExponent } from "./small-exponent.js";
import { tinyKey } from "./tiny-key.js";
import { unsupportedPolicies } from "./unsupported-policies.js";
import { unusableKey } from "./unusable-key.js";

export const policiesRules: readonly Rule[] = [
  policyOnWrongResource,
  policyWithoutEffect,
  duplicatePolicies,
  failoverWithoutOutlierDetection,
  mixedMappings,
  localityWeights,
  failoverRegions,
  overlappingLocalities,
  regionWithoutCluster,
  priorityLabels,
  gatewayErrorsBelowErrors,
  distributionShutsGateway,
  panicThreshold,
  unusableKey,
  credentialsForStrangers,
  repeatedKey,
  smallExponent,
  tinyKey,
  emptyHeaderValue,
  extractorGroups,
  consistentHashReach,
  hashWithoutHttp,
  clientTlsReach,
  calloutHostMismatch,
  grpcServerProtocol,
  keysInPlaintext,
  activeHealthChecks,
  corsWithoutPreflight,
  descriptorNeverMade,
  emptyPoliciesInherit,
  hashUnderWeights,
  originNeverSent,
  policyMeetsNoRequest,
  retriesOutOfTime,
  unsupportedPolicies,
];
