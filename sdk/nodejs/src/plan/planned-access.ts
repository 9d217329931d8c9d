import type { PeerTlsMode } from "../args/access-policy.js";
import type { Maker } from "../kube/object.js";
import type { HeaderCondition } from "../model/access-policy.js";
import type { Deferred, Leaf } from "../model/deferred.js";
import type { Labels } from "./planned-target.js";
/** The callers and requests allowed at some ports of proxies. */
export interface PlannedAccess {
  readonly namespace: string;
  /** Pods of a destination or a gateway, matched by any of the selectors. */
  readonly proxies: readonly Labels[];
  /** Ports that these pods bind, deduplicated. */
  readonly ports: readonly Leaf<number>[];
  readonly tlsMode?: PeerTlsMode;
  /** Requests that match none of these are refused; if empty, nothing is refused. */
  readonly allowed: readonly PlannedAuthorization[];
  /** Like `allowed`, but refusals are only counted (dry run). */
  readonly watched: readonly PlannedAuthorization[];
  readonly shapedBy?: Deferred;
}

/** Who may call the pods of a namespace at all, on every port. */
export interface PlannedIsolation extends Pick<PlannedAccess, "namespace" | "allowed" | "shapedBy"> {
  readonly maker: Maker;
}

/** Requests that are allowed: those that match every field. */
export interface PlannedAuthorization {
  /** Allowed callers, any of them; absent for everyone. */
  readonly clients?: readonly PlannedClient[];
  readonly paths?: readonly string[];
  readonly methods?: readonly string[];
  /** Addresses of the connection's direct peer. */
  readonly ipBlocks?: readonly string[];
  /** Client addresses as reported by trusted proxies. */
  readonly remoteIpBlocks?: readonly string[];
  readonly headers: readonly HeaderCondition[];
}

/** Callers that match every field. */
export interface PlannedClient {
  /** Identities without `spiffe://`; a trailing `*` matches any text. Absent if no identity is required. */
  readonly principals?: readonly string[];
  readonly requestPrincipals?: readonly string[];
  readonly notRequestPrincipals?: readonly string[];
}
