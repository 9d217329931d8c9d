import type * as k8s from "@pulumi/kubernetes";
import type { Way } from "../kube/way.js";
import type { AdoptedObject } from "../model/fleet.js";
import type { LiveObjects } from "./live-objects.js";
import type { Change } from "./way.js";
/** The connection through which a program's objects are applied to one cluster. */
export interface ClusterConnection {
  readonly cluster: string;
  readonly provider: k8s.Provider;
  /** Former names of the cluster, under which the stack's state may know its objects. */
  readonly formerNames: readonly string[];
  /** Objects that already exist in the cluster. */
  readonly live: LiveObjects;
  /** Objects to take over. */
  readonly adopt: readonly AdoptedObject[];
  /** Returns true if the provider takes over existing objects without checking who owns them. */
  readonly upserts: () => Promise<boolean>;
  /** The way by which objects reach the cluster. */
  readonly way: () => Promise<Way>;
  /**
   * Returns how Pulumi treats objects that were applied through a provider, given by its URN if known, after the way to
   * the cluster changes.
   */
  readonly change: (provider: string | undefined) => Promise<Change>;
  /**
   * Returns the objects of the cluster that a provider of the state leads to; undefined if the state does not have the
   * provider.
   */
  readonly formerly: (provider: string) => Promise<LiveObjects | undefined>;
  /**
   * Returns the objects of the cluster that the provider with this ID leads to; undefined if the stack does not have
   * it.
   */
  readonly through: (id: string) => Promise<LiveObjects | undefined>;
  /** Returns a provider's URN if it is neither this provider's URN nor one of its aliases. */
  readonly unlikeFormer: (provider: string | undefined) => Promise<string | undefined>;
  /** Codes of findings about the whole cluster that have been reported. */
  readonly reported: Set<string>;
}
