import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Access } from "./access.js";
import { type Entry, fleetOf } from "./entry.js";
import { isText, withHome } from "./kubeconfig.js";

/** The providers of a fleet's clusters: given ones as they are, others made as children of the fleet. */
export function makeProviders(
  fleet: string,
  access: readonly Access[],
  parent?: pulumi.Resource,
): Map<string, k8s.Provider> {
  return new Map(access.map((cluster) => [cluster.name, cluster.provider ?? makeProvider(fleet, cluster, parent)]));
}

function makeProvider(
  fleet: string,
  { name, context, kubeconfig }: Access,
  parent: pulumi.Resource | undefined,
): k8s.Provider {
  const args: k8s.ProviderArgs = {
    enableServerSideApply: true,
    // an object that a killed run made without noting it is taken over; fields that others own still are a conflict
    upsertExistingObjects: true,
    ...(context !== undefined && { context }),
    ...(kubeconfig !== undefined && {
      kubeconfig:
        typeof kubeconfig === "string" && !isText(kubeconfig) ? withHome(kubeconfig) : pulumi.secret(kubeconfig),
    }),
  };
  return new k8s.Provider(`${fleet}-${name}`, args, parent ? { parent } : {});
}

const foreign = new WeakMap<Entry, Map<string, k8s.Provider>>();

/** The providers that a resource's objects go through. */
export function providersOf(entry: Entry): ReadonlyMap<string, k8s.Provider> {
  const fleet = entry.kind === "Fleet" ? entry : fleetOf(entry);
  if (fleet === undefined) return new Map();
  if (fleet.providers !== undefined) return fleet.providers;
  // a fleet that comes as a descriptor: one provider for each cluster, made by whichever resource needs it first
  const known = foreign.get(fleet) ?? makeProviders(fleet.name, fleet.access ?? []);
  foreign.set(fleet, known);
  return known;
}
