import type { Rule } from "../rule.js";
import { claimedAddresses } from "./claimed-addresses.js";
import { duplicateSettings } from "./duplicate-settings.js";
import { endpointLabels } from "./endpoint-labels.js";
import { exportedToAll } from "./exported-to-all.js";
import { exportedToOthers } from "./exported-to-others.js";
import { filtersBesideGateway } from "./filters-beside-gateway.js";
import { fleetsSharing } from "./fleets-sharing.js";
import { foreignEndpoints } from "./foreign-endpoints.js";
import { gatewayProxies } from "./gateway-proxies.js";
import { guards } from "./guards.js";
import { hostsUnderWildcards } from "./hosts-under-wildcards.js";
import { importWithoutExport } from "./import-without-export.js";
import { importedPlaces } from "./imported-places.js";
import { isolation } from "./isolation.js";
import { kubernetesHosts } from "./kubernetes-hosts.js";
import { namespaceIsolation } from "./namespace-isolation.js";
import { namespaceOwnedTwice } from "./namespace-owned-twice.js";
import { notExported } from "./not-exported.js";
import { outsideOfWorkspace } from "./outside-of-workspace.js";
import { ownedPlaces } from "./owned-places.js";
import { probesOfOthers } from "./probes-of-others.js";
import { secretsOfOthers } from "./secrets-of-others.js";
import { teamHosts } from "./team-hosts.js";
import { touchedNamespaces } from "./touched-namespaces.js";
import { trimmedWorkloads } from "./trimmed-workloads.js";
import { workspaceOfAnotherFleet } from "./workspace-of-another-fleet.js";

export const workspacesRules: readonly Rule[] = [
  trimmedWorkloads,
  outsideOfWorkspace,
  notExported,
  importWithoutExport,
  namespaceOwnedTwice,
  isolation,
  namespaceIsolation,
  ownedPlaces,
  importedPlaces,
  touchedNamespaces,
  kubernetesHosts,
  teamHosts,
  foreignEndpoints,
  claimedAddresses,
  gatewayProxies,
  duplicateSettings,
  exportedToAll,
  filtersBesideGateway,
  probesOfOthers,
  exportedToOthers,
  secretsOfOthers,
  fleetsSharing,
  guards,
  workspaceOfAnotherFleet,
  hostsUnderWildcards,
  endpointLabels,
];
