import type * as k8s from "@pulumi/kubernetes";
import type { Way } from "../kube/way.js";
import type { AdoptedObject } from "../model/fleet.js";
import type { LiveObjects } from "./live-objects.js";
import type { Change } from "./way.js";
/** How a program's objects get into one cluster. */
export interface ClusterConnection {
  readonly cluster: string;
  readonly provider: k8s.Provider;
  /** Names that the cluster had, by which the stack's state may know its objects. */
  readonly formerNames: readonly string[];
  /** What the cluster has already. */
  readonly live: LiveObjects;
  /** Objects that are to be taken over. */
  readonly adopt: readonly AdoptedObject[];
  /** Whether the provider takes over what is there, without a look at whose it is. */
  readonly upserts: () => Promise<boolean>;
  /** The way by which objects get into the cluster. */
  readonly way: () => Promise<Way>;
  /**
   * What Pulumi makes of objects that came through a provider, of which the URN is given if it is known, where the way
   * to the cluster changes.
   */
  readonly change: (provider: string | undefined) => Promise<Change>;
  /** What was there by the way that a provider of the state leads; undefined where the state does not have it. */
  readonly formerly: (provider: string) => Promise<LiveObjects | undefined>;
  /** Looks at the cluster to which the provider of an ID leads; undefined where the stack does not have it. */
  readonly through: (id: string) => Promise<LiveObjects | undefined>;
  /** Gives a provider's URN back, if it is neither the URN of this one nor an alias of it. */
  readonly unlikeFormer: (provider: string | undefined) => Promise<string | undefined>;
  /** Codes of findings about the whole cluster that were told. */
  readonly told: Set<string>;
}
