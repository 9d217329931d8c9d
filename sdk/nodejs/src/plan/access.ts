import type { PeerTlsMode } from "../args/access-policy.js";
import { Mesh } from "../args/fleet.js";
import {
  type AccessPolicy,
  type Authorization,
  type HeaderCondition,
  looksAtServiceAccounts,
  type ServiceAccountSelector,
} from "../model/access-policy.js";
import type { Deferred, Leaf } from "../model/deferred.js";
import type { Fleet } from "../model/fleet.js";
import { listedPolicies, type Policies } from "../model/policies.js";
import type { PolicyReference } from "../model/policy-reference.js";
import { clustersNamed } from "../model/topology.js";
import { shapedBy } from "./endpoints.js";
import type { Labels } from "./types.js";

/** Who may call some ports of proxies, and with which requests. */
export interface PlannedAccess {
  readonly namespace: string;
  /** Pods of a destination or of a gateway; any of the selectors. */
  readonly proxies: readonly Labels[];
  /** Ports that these bind, each once. */
  readonly ports: readonly Leaf<number>[];
  readonly tlsMode?: PeerTlsMode;
  /** Requests are refused that fit none of these; nothing is where there are none. */
  readonly allowed: readonly PlannedAuthorization[];
  /** As `allowed`, but what they would refuse is only counted. */
  readonly watched: readonly PlannedAuthorization[];
  readonly shapedBy?: Deferred;
}

/** Requests that are let in: those that fit every part. */
export interface PlannedAuthorization {
  /** Callers, any of them; absent where everyone is meant. */
  readonly clients?: readonly PlannedClient[];
  readonly paths?: readonly string[];
  readonly methods?: readonly string[];
  /** Addresses of the other end of the connection. */
  readonly ipBlocks?: readonly string[];
  /** Addresses of the client that trusted proxies name. */
  readonly remoteIpBlocks?: readonly string[];
  readonly headers: readonly HeaderCondition[];
}

/** Callers: those that fit every part. */
export interface PlannedClient {
  /** Identities without `spiffe://`; a `*` at the end stands for any text. Absent where none is asked for. */
  readonly principals?: readonly string[];
  readonly requestPrincipals?: readonly string[];
  readonly notRequestPrincipals?: readonly string[];
}

/** What an access policy acts on. */
export interface Guarded {
  readonly namespace: string;
  readonly proxies: readonly Labels[];
  readonly ports: readonly Leaf<number>[];
}

/** Plans the access policy that a destination or a gateway lists; undefined where it lists none. */
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
    // equal ones are written once, ports are keys of objects, and callers without a mesh have no identity
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

/** The identities of service accounts over the trust domains of the clusters; where there is no mesh, callers have none. */
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
