import type { Rule } from "../rule.js";
import { claimedAddresses } from "./claimed-addresses.js";
import { endpointLabels } from "./endpoint-labels.js";
import { exportedToAll } from "./exported-to-all.js";
import { exportedToOthers } from "./exported-to-others.js";
import { filtersBesideGateway } from "./filters-beside-gateway.js";
import { fleetsSharing } from "./fleets-sharing.js";
import { endpointsOutside } from "./foreign-endpoints.js";
import { gatewayProxies } from "./gateway-proxies.js";
import { guards } from "./guards.js";
import { hostsUnderWildcards } from "./hosts-under-wildcards.js";
import { importWithoutExport } from "./import-without-export.js";
import { importedPlaces } from "./imported-places.js";
import { isolation } from "./isolation.js";
import { kubernetesHosts } from "./kubernetes-hosts.js";
import { namespaceOwnedTwice } from "./namespace-owned-twice.js";
import { notShared } from "./not-exported.js";
import { outsideOfWorkspace } from "./outside-of-workspace.js";
import { ownedPlaces } from "./owned-places.js";
import { probesOfTeams } from "./probes-of-others.js";
import { secretsOfOthers } from "./secrets-of-others.js";
import { settingsTwice } from "./settings-twice.js";
import { teamHosts } from "./team-hosts.js";
import { touchedNamespaces } from "./touched-namespaces.js";
import { trimmedWorkloads } from "./trimmed-workloads.js";
import { workspaceOfAnotherFleet } from "./workspace-of-another-fleet.js";

export const workspacesRules: readonly Rule[] = [
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
  workspaceOfAnotherFleet,
  hostsUnderWildcards,
  endpointLabels,
];
