import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { memoize } from "../memo/memo.js";
import type { AdoptedObject } from "../model/fleet.js";
import type { Access } from "./access.js";
import { watchAdopted } from "./adopted.js";
import type { ClusterConnection } from "./connection.js";
import { PerRun, resolved, urnOf } from "./engine.js";
import { type Entry, fleetOf } from "./entry.js";
import { aliasesOf, formerUrns } from "./former-urns.js";
import { wasInterrupted } from "./interruption.js";
import { isText, withHome } from "./kubeconfig.js";
import { watchLeftOvers } from "./left-overs.js";
import { LiveObjects } from "./live-objects.js";
import { isMocked } from "./mocked.js";
import { PROVIDER_TYPE, providerSettings } from "./stack-export.js";
import { stackState } from "./stack-state.js";
import { type Change, changeOf, entryHash, notedSettings, type Settings, settingsOf } from "./way.js";

/** Connects to a fleet's clusters: through the given providers, or through new ones that are children of the fleet. */
export function connect(
  fleet: string,
  access: readonly Access[],
  adopt: readonly AdoptedObject[],
  parent?: pulumi.Resource,
): Map<string, ClusterConnection> {
  // before this run records anything in it; a preview records nothing
  if (!isMocked() && !pulumi.runtime.isDryRun()) void stackState();
  if (!isMocked()) void wasInterrupted();
  const connections = new Map<string, ClusterConnection>(
    access.map((cluster) => {
      const { name, formerNames = [] } = cluster;
      const names = [name, ...formerNames].map((each) => `${fleet}-${each}`);
      const provider = cluster.provider ?? makeProvider(names, cluster, parent);
      const settings = settingsOf(cluster);
      settings.catch(() => undefined);
      return [
        name,
        {
          cluster: name,
          provider,
          formerNames,
          live: new LiveObjects(settings),
          adopt,
          upserts: async () => (await resolved(inputOf(provider, "upsertExistingObjects"))).value === "true",
          ...waysOf(provider, settings, names, parent),
          reported: new Set(),
        },
      ];
    }),
  );
  if (!isMocked() && parent !== undefined) {
    watchLeftOvers(parent, [...connections.values()]);
    watchAdopted(parent, fleet, adopt);
  }
  return connections;
}

/**
 * Returns an input of a provider: Pulumi gives every resource an Output for each. A provider from another process has
 * none.
 */
function inputOf(provider: k8s.Provider, name: string): pulumi.Input<string> | undefined {
  return (provider as unknown as Readonly<Record<string, pulumi.Input<string> | undefined>>)[name];
}

/** Clusters by the ID of the provider that leads to them. */
const through = new PerRun(() => new Map<string, Promise<LiveObjects | undefined>>());

function liveObjectsOf(settings: Settings): LiveObjects {
  return new LiveObjects(Promise.resolve(settings));
}

/** Compares a provider with the providers in the stack's state, which may know it under a former name. */
function waysOf(
  provider: k8s.Provider,
  settings: Promise<Settings | undefined>,
  [name = "", ...formerNames]: readonly string[],
  parent: pulumi.Resource | undefined,
): Pick<ClusterConnection, "way" | "change" | "formerly" | "through" | "unlikeFormer"> {
  const ownUrns = once(async () => {
    const inherited = parent === undefined ? [] : await formerUrns(parent, PROVIDER_TYPE, name, formerNames);
    return [await urnOf(provider), ...(await aliasesOf(provider)), ...inherited];
  });
  const way = once(async () => {
    const [urn, id] = [await urnOf(provider), (await resolved(provider.id)).value];
    return { provider: urn, id, entry: entryHash(await settings) };
  });
  const compare = async (noted: string | undefined): Promise<Change> => {
    const [state, after] = [await stackState(), await settings];
    if (state === undefined || after === undefined) return "none";
    const [own = "", ...aliases] = await ownUrns();
    const former = noted && inStackOf(own, noted);
    const known = [former ?? own, own, ...aliases].find((urn) => state.has(urn));
    if (known === undefined) return "none";
    // Pulumi treats a resource with an alias of a provider as the same, wherever it leads
    if (aliases.includes(known) && !state.has(own)) return "none";
    return changeOf(state.get(known) ?? {}, after);
  };
  const changes = new Map<string | undefined, Promise<Change>>();
  const formerly = new Map<string, Promise<LiveObjects | undefined>>();
  const lookFormerly = async (former: string) => {
    const noted = (await stackState())?.get(inStackOf(await urnOf(provider), former));
    return noted && liveObjectsOf(notedSettings(noted));
  };
  return {
    way,
    change: (former) => {
      const change = changes.get(former) ?? compare(former);
      changes.set(former, change);
      return change;
    },
    formerly: (former) => {
      const live = formerly.get(former) ?? lookFormerly(former);
      formerly.set(former, live);
      return live;
    },
    through: (id) => {
      const live = through.get().get(id) ?? providerSettings(id).then((found) => found && liveObjectsOf(found));
      through.get().set(id, live);
      return live;
    },
    unlikeFormer: async (noted) => {
      const [own = "", ...aliases] = await ownUrns();
      const former = noted && inStackOf(own, noted);
      const isNoted = (await stackState())?.has(own) === true;
      // Pulumi drops a resource's aliases once it knows the resource
      return former === own || (!isNoted && aliases.includes(former ?? own)) ? undefined : former;
    },
  };
}

/** Moves a URN into the stack of another one: stacks can be renamed. */
function inStackOf(other: string, urn: string): string {
  return [...other.split("::").slice(0, 2), ...urn.split("::").slice(2)].join("::");
}

/** Runs `find` on first use, and keeps the result. */
function once<T>(find: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | undefined;
  return () => {
    found ??= find();
    return found;
  };
}

function makeProvider(
  [name = "", ...formerNames]: readonly string[],
  { context, kubeconfig, clusterIdentifier }: Access,
  parent: pulumi.Resource | undefined,
): k8s.Provider {
  const args: k8s.ProviderArgs = {
    enableServerSideApply: true,
    // no environment variable may let a create take over an existing object: the delete of its former URN would then
    // remove it
    upsertExistingObjects: false,
    ...(context !== undefined && { context }),
    ...(clusterIdentifier !== undefined && { clusterIdentifier }),
    ...(kubeconfig !== undefined && {
      kubeconfig:
        typeof kubeconfig === "string" && !isText(kubeconfig) ? withHome(kubeconfig) : pulumi.secret(kubeconfig),
    }),
  };
  const aliases = formerNames.map((former) => ({ name: former }));
  return new k8s.Provider(name, args, { ...(parent && { parent }), ...(aliases.length > 0 && { aliases }) });
}

/** Returns the objects that a fleet lists under `adopt`; malformed lists are reported elsewhere. */
export function adoptedOf(args: unknown): readonly AdoptedObject[] {
  const { adopt } = (args ?? {}) as { readonly adopt?: unknown };
  return Array.isArray(adopt) ? adopt.filter((each) => typeof each === "object" && each !== null) : [];
}

/** Returns the connections through which a resource's objects are applied. */
export function connectionsOf(entry: Entry): ReadonlyMap<string, ClusterConnection> {
  const fleet = entry.kind === "Fleet" ? entry : fleetOf(entry);
  if (fleet === undefined) return new Map();
  if (fleet.connections !== undefined) return fleet.connections;
  return foreignConnections(fleet);
}

/** A fleet from a descriptor: one provider for each cluster, created by whichever resource needs it first. */
const foreignConnections = memoize(({ name, access = [], args }: Entry) => connect(name, access, adoptedOf(args)));
