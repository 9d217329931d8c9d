import { Mesh } from "../args/fleet.js";
import {
  type AccessPolicy,
  type Authorization,
  looksAtServiceAccounts,
  type ServiceAccountSelector,
} from "../model/access-policy.js";
import type { Leaf } from "../model/deferred.js";
import type { Fleet } from "../model/fleet.js";
import { clustersNamed } from "../model/fleet.js";
import { listedPolicies, type Policies } from "../model/policies.js";
import type { PolicyReference } from "../model/policy-reference.js";
import { shapedBy } from "./endpoints.js";
import type { PlannedAccess, PlannedAuthorization } from "./planned-access.js";
import type { Labels } from "./planned-target.js";

/** The pods and ports that an access policy protects. */
export interface Guarded {
  readonly namespace: string;
  readonly proxies: readonly Labels[];
  readonly ports: readonly Leaf<number>[];
}

/** Plans the access policy that a destination or a gateway lists. Returns undefined if it lists none. */
export function planAccess(
  policies: Policies,
  references: readonly PolicyReference[],
  guarded: Guarded,
  fleet: Fleet,
): PlannedAccess | undefined {
  const policy = listedPolicies(policies, references, "AccessPolicy")[0]?.value;
  return policy && accessOf(policy, guarded, fleet);
}

function accessOf({ tlsMode, authorizations }: AccessPolicy, guarded: Guarded, fleet: Fleet): PlannedAccess {
  const planned = authorizations.map((each) => ({
    isWatched: each.dryRun,
    authorization: planAuthorization(each, fleet),
  }));
  const ports = [...new Set(guarded.ports)];
  const identities = planned.flatMap(({ authorization }) =>
    (authorization.clients ?? []).flatMap(({ principals = [] }) => (principals.length > 1 ? principals : [])),
  );
  const hasIdentities = authorizations.some(looksAtServiceAccounts);
  return {
    ...guarded,
    ports,
    ...(tlsMode !== undefined && { tlsMode }),
    allowed: planned.flatMap(({ isWatched, authorization }) => (isWatched ? [] : [authorization])),
    watched: planned.flatMap(({ isWatched, authorization }) => (isWatched ? [authorization] : [])),
    // duplicates are written once, ports become object keys, and callers outside a mesh have no identity
    ...shapedBy([...ports, ...identities, ...(hasIdentities ? fleet.clusters.map(({ mesh }) => mesh) : [])]),
  };
}

function planAuthorization(authorization: Authorization, fleet: Fleet): PlannedAuthorization {
  const { allowedClients, allowedPaths, allowedMethods, allowedIpBlocks, allowedRemoteIpBlocks, headers } =
    authorization;
  return {
    ...(allowedClients && {
      clients: allowedClients.map(({ serviceAccountSelector, requestIdentityMatcher }) => ({
        ...(serviceAccountSelector && { principals: principalsOf(serviceAccountSelector, fleet) }),
        ...requestIdentityMatcher,
      })),
    }),
    ...(allowedPaths && { paths: allowedPaths }),
    ...(allowedMethods && { methods: allowedMethods }),
    ...(allowedIpBlocks && { ipBlocks: allowedIpBlocks }),
    ...(allowedRemoteIpBlocks && { remoteIpBlocks: allowedRemoteIpBlocks }),
    headers,
  };
}

/** Returns the identities of a service account in every trust domain. Callers in clusters without a mesh have none. */
function principalsOf({ cluster, namespace, name }: ServiceAccountSelector, fleet: Fleet): readonly string[] {
  const clusters = clustersNamed(fleet, cluster === undefined ? undefined : [cluster]);
  const principals = clusters
    .filter(({ mesh }) => mesh !== Mesh.None)
    .map(({ trustDomain }) => {
      if (namespace === undefined) return `${trustDomain}/*`;
      return `${trustDomain}/ns/${namespace}/sa/${name ?? "*"}`;
    });
  return [...new Set(principals)];
}
