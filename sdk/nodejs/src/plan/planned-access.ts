import type { PeerTlsMode } from "../args/access-policy.js";
import type { HeaderCondition } from "../model/access-policy.js";
import type { Deferred, Leaf } from "../model/deferred.js";
import type { Labels } from "./planned-target.js";
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
