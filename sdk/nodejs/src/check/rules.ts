import { accessBehindGateway } from "./access-behind-gateway.js";
import { accessOfSharedProxies } from "./access-of-shared-proxies.js";
import { accessOverTrustDomains } from "./access-over-trust-domains.js";
import { accessTooLarge } from "./access-too-large.js";
import { accessWithoutIdentity } from "./access-without-identity.js";
import { accessWithoutMesh } from "./access-without-mesh.js";
import { activeHealthChecks } from "./active-health-checks.js";
import { askedByGrpc } from "./asked-by-grpc.js";
import { bodyNotAllowed } from "./body-not-allowed.js";
import { clientTlsFiles } from "./client-tls-files.js";
import { clientTlsReach } from "./client-tls-reach.js";
import { connectionDestinations } from "./connection-destinations.js";
import { connectionPorts } from "./connection-ports.js";
import { connectionsTaken } from "./connections-taken.js";
import { connectionsWithoutRoot } from "./connections-without-root.js";
import { consistentHashReach } from "./consistent-hash-reach.js";
import { coveredHost } from "./covered-host.js";
import { coveredTerminationHost } from "./covered-termination-host.js";
import { credentialsForStrangers } from "./credentials-for-strangers.js";
import { delegatedConditions } from "./delegated-conditions.js";
import { delegatedTablesFit } from "./delegated-tables.js";
import { delegationCycle } from "./delegation-cycle.js";
import { destinationHostTaken } from "./destination-host-taken.js";
import { distributionShutsGateway } from "./distribution-shuts-gateway.js";
import { duplicateEntry } from "./duplicate-entry.js";
import { duplicateRouteName } from "./duplicate-route-name.js";
import { encryptedPort } from "./encrypted-port.js";
import { externalResolution } from "./external-resolution.js";
import { extractorGroups } from "./extractor-groups.js";
import { failoverRegions } from "./failover-regions.js";
import { failoverWithoutOutlierDetection } from "./failover-without-outlier-detection.js";
import { formerNames } from "./former-names.js";
import { gatewaysDisagree } from "./gateways-disagree.js";
import { guards } from "./guards.js";
import { halfARoot } from "./half-a-root.js";
import { hashWithoutHttp } from "./hash-without-http.js";
import { hostClaimedTwice } from "./host-claimed-twice.js";
import { hostNotAllowed } from "./host-not-allowed.js";
import { hostNotExposed } from "./host-not-exposed.js";
import { hostOfAService } from "./host-of-a-service.js";
import { hostRewriteLost } from "./host-rewrite-lost.js";
import { importWithoutExport } from "./import-without-export.js";
import { isolation } from "./isolation.js";
import { keysInPlaintext } from "./keys-in-plaintext.js";
import { listenerConflict } from "./listener-conflict.js";
import { listenerPolicies } from "./listener-policies.js";
import { localityWeights } from "./locality-weights.js";
import { missingEastWestGateway } from "./missing-east-west-gateway.js";
import { missingLocality } from "./missing-locality.js";
import { mixedMappings } from "./mixed-mappings.js";
import { nameFromOutput } from "./name-from-output.js";
import { namespaceOwnedTwice } from "./namespace-owned-twice.js";
import { noDestination } from "./no-destination.js";
import { notInCluster } from "./not-in-cluster.js";
import { notShared } from "./not-shared.js";
import { otherFleet } from "./other-fleet.js";
import { outsideOfWorkspace } from "./outside-of-workspace.js";
import { overlappingLocalities } from "./overlapping-localities.js";
import { ownRequestLost } from "./own-request-lost.js";
import { panicThreshold } from "./panic-threshold.js";
import { plaintextNeedsHttp } from "./plaintext-needs-http.js";
import { policyNeedsHttp } from "./policy-needs-http.js";
import { policyOnWrongResource } from "./policy-on-wrong-resource.js";
import { policyWithoutEffect } from "./policy-without-effect.js";
import { portWithoutListener } from "./port-without-listener.js";
import { priorityLabels } from "./priority-labels.js";
import { protocolAndTls } from "./protocol-and-tls.js";
import { redirectOnTls } from "./redirect-on-tls.js";
import { regexRefused } from "./regex-refused.js";
import { regionWithoutCluster } from "./region-without-cluster.js";
import { repeatedCondition } from "./repeated-condition.js";
import { repeatedKey } from "./repeated-key.js";
import { requestsOnTcpPort } from "./requests-on-tcp-port.js";
import { rewriteFitsNoMatcher } from "./rewrite-fits-no-matcher.js";
import type { Rule } from "./rule.js";
import { servicesSpanNamespaces } from "./services-span-namespaces.js";
import { sharedEastWestAddress } from "./shared-east-west-address.js";
import { sharedProxies } from "./shared-proxies.js";
import { sidecarHosts } from "./sidecar-hosts.js";
import { smallExponent } from "./small-exponent.js";
import { sniHosts } from "./sni-hosts.js";
import { subsetLost } from "./subset-lost.js";
import { substitutionRefused } from "./substitution-refused.js";
import { tcpNeedsOneHost } from "./tcp-needs-one-host.js";
import { claimedAddresses } from "./teams/addresses.js";
import { endpointsOutside } from "./teams/endpoints.js";
import { exportedToAll } from "./teams/exported-to-all.js";
import { exportedToOthers } from "./teams/exported-to-others.js";
import { filtersBesideGateway } from "./teams/filters-beside-gateway.js";
import { fleetsSharing } from "./teams/fleets-sharing.js";
import { gatewayProxies } from "./teams/gateway-proxies.js";
import { importedPlaces } from "./teams/imports.js";
import { kubernetesHosts } from "./teams/kubernetes-hosts.js";
import { ownedPlaces } from "./teams/owned-places.js";
import { probesOfTeams } from "./teams/probes.js";
import { secretsOfOthers } from "./teams/secrets-of-others.js";
import { settingsTwice } from "./teams/settings-twice.js";
import { teamHosts } from "./teams/team-hosts.js";
import { touchedNamespaces } from "./teams/touched-namespaces.js";
import { terminationNeedsOnePort } from "./termination-needs-one-port.js";
import { tinyKey } from "./tiny-key.js";
import { tlsModeRefused } from "./tls-mode-refused.js";
import { tlsModeTakenTwice } from "./tls-mode-taken-twice.js";
import { tlsSecret } from "./tls-secret.js";
import { tlsVersions } from "./tls-versions.js";
import { trimmedWorkloads } from "./trimmed-workloads.js";
import { twoPoliciesOfAKind } from "./two-policies-of-a-kind.js";
import { undeclaredSubset } from "./undeclared-subset.js";
import { unevenRewrite } from "./uneven-rewrite.js";
import { unknownCluster } from "./unknown-cluster.js";
import { unknownPort } from "./unknown-port.js";
import { unknownPortName } from "./unknown-port-name.js";
import { unknownReference } from "./unknown-reference.js";
import { unpinnedIdentity } from "./unpinned-identity.js";
import { unreachableConnectionRoute } from "./unreachable-connection-route.js";
import { unreachableDestination } from "./unreachable-destination.js";
import { unreachableRoute } from "./unreachable-route.js";
import { unservedTable } from "./unserved-table.js";
import { unsupportedPolicies } from "./unsupported-policies.js";
import { unusableKey } from "./unusable-key.js";
import { unusualMethod } from "./unusual-method.js";
import { uselessGatewayErrors } from "./useless-gateway-errors.js";
import { weightsNot100 } from "./weights-not-100.js";
import { wildcardDestination } from "./wildcard-destination.js";

/** Every rule, in the order of the codes they raise. The order has no effect on the findings. */
export const rules: readonly Rule[] = [
  unknownReference,
  otherFleet,
  duplicateRouteName,
  weightsNot100,
  regexRefused,
  unreachableRoute,
  rewriteFitsNoMatcher,
  unevenRewrite,
  noDestination,
  repeatedCondition,
  policyOnWrongResource,
  policyWithoutEffect,
  portWithoutListener,
  unusualMethod,
  substitutionRefused,
  bodyNotAllowed,
  delegationCycle,
  delegatedConditions,
  delegatedTablesFit,
  halfARoot,
  unservedTable,
  sniHosts,
  unreachableConnectionRoute,
  connectionPorts,
  connectionDestinations,
  policyNeedsHttp,
  connectionsWithoutRoot,
  sidecarHosts,
  hostNotAllowed,
  gatewaysDisagree,
  hostClaimedTwice,
  listenerConflict,
  tlsSecret,
  protocolAndTls,
  redirectOnTls,
  tlsVersions,
  sharedProxies,
  connectionsTaken,
  coveredHost,
  coveredTerminationHost,
  twoPoliciesOfAKind,
  failoverWithoutOutlierDetection,
  mixedMappings,
  localityWeights,
  failoverRegions,
  overlappingLocalities,
  regionWithoutCluster,
  priorityLabels,
  uselessGatewayErrors,
  distributionShutsGateway,
  panicThreshold,
  unusableKey,
  credentialsForStrangers,
  repeatedKey,
  smallExponent,
  tinyKey,
  extractorGroups,
  consistentHashReach,
  hashWithoutHttp,
  accessWithoutMesh,
  accessOverTrustDomains,
  accessWithoutIdentity,
  accessBehindGateway,
  tlsModeRefused,
  accessTooLarge,
  requestsOnTcpPort,
  accessOfSharedProxies,
  tlsModeTakenTwice,
  clientTlsReach,
  listenerPolicies,
  ownRequestLost,
  askedByGrpc,
  keysInPlaintext,
  activeHealthChecks,
  unknownCluster,
  unknownPort,
  missingEastWestGateway,
  unreachableDestination,
  servicesSpanNamespaces,
  destinationHostTaken,
  hostOfAService,
  duplicateEntry,
  undeclaredSubset,
  missingLocality,
  unpinnedIdentity,
  plaintextNeedsHttp,
  terminationNeedsOnePort,
  unknownPortName,
  hostRewriteLost,
  hostNotExposed,
  tcpNeedsOneHost,
  externalResolution,
  clientTlsFiles,
  notInCluster,
  sharedEastWestAddress,
  formerNames,
  wildcardDestination,
  encryptedPort,
  nameFromOutput,
  subsetLost,
  unsupportedPolicies,
  trimmedWorkloads,
  outsideOfWorkspace,
  notShared,
  importWithoutExport,
  namespaceOwnedTwice,
  isolation,
  ownedPlaces,
  importedPlaces,
  touchedNamespaces,
  kubernetesHosts,
  teamHosts,
  endpointsOutside,
  claimedAddresses,
  gatewayProxies,
  settingsTwice,
  exportedToAll,
  filtersBesideGateway,
  probesOfTeams,
  exportedToOthers,
  secretsOfOthers,
  fleetsSharing,
  guards,
];
