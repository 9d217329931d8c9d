import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import type * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import type { Access } from "./access.js";
import { resolved } from "./engine.js";
import { defaultPaths, isText, withHome } from "./kubeconfig.js";

/** The inputs of a Kubernetes provider that determine its cluster. */
const SETTINGS = ["kubeconfig", "context", "cluster", "clusterIdentifier"] as const;
export type Settings = Readonly<Partial<Record<(typeof SETTINGS)[number], string>>>;

type Inputs = Readonly<Record<string, pulumi.Input<string> | undefined>>;

/**
 * A change of a provider's way to its cluster: none, one that makes Pulumi assume another cluster and replace
 * everything in it, or one that Pulumi does not notice.
 */
export type Change = "none" | "replaced" | "unnoticed";

/**
 * Returns the settings that determine a provider's cluster; undefined if they are unknown, as in a preview that creates
 * the cluster.
 */
export async function settingsOf({ provider, ...given }: Access): Promise<Settings | undefined> {
  // a provider from another process does not expose its settings
  if (provider !== undefined && !("kubeconfig" in provider)) return undefined;
  // every resource has an Output for each of its inputs, and the Kubernetes SDK takes a default from the environment
  const inputs = (provider ?? { kubeconfig: process.env["KUBECONFIG"], ...given }) as unknown as Inputs;
  const found = await Promise.all(SETTINGS.map(async (each) => [each, await resolved(inputs[each])] as const));
  // in a preview, unset inputs of a provider are unknown too: with a kubeconfig there is nothing else to wait for
  const isKnown = provider === undefined ? found.every(([, { known }]) => known) : found[0]?.[1].known;
  if (isKnown !== true) return undefined;
  return Object.fromEntries(found.flatMap(([each, { value }]) => (typeof value === "string" ? [[each, value]] : [])));
}

/**
 * Compares a provider's settings with those in the state. Follows the Kubernetes plugin (its DiffConfig, 4.32): an
 * identifier that both have decides, then the cluster's kubeconfig entry; without either, nothing is compared.
 */
export function changeOf(noted: Readonly<Record<string, unknown>>, after: Settings): Change {
  const before = notedSettings(noted);
  if (SETTINGS.every((each) => (before[each] ?? "") === (after[each] ?? ""))) return "none";
  const identifiers = [before.clusterIdentifier, after.clusterIdentifier];
  const [old, current] = [clusterEntry(before), clusterEntry(after)];
  const isSameEntry = old !== undefined && isDeepStrictEqual(old, current);
  if (identifiers.every((each) => each !== undefined && each !== ""))
    return identifiers[0] !== identifiers[1] ? "replaced" : isSameEntry ? "none" : "unnoticed";
  if (isSameEntry) return "none";
  return old === undefined || current === undefined ? "unnoticed" : "replaced";
}

/** Returns the settings of a provider in the state. */
export function notedSettings(noted: Readonly<Record<string, unknown>>): Settings {
  return Object.fromEntries(SETTINGS.map((each) => [each, textIn(noted[each])]));
}

/** Returns a hash of the cluster's kubeconfig entry that the settings select; empty if there is none. */
export function entryHash(settings: Settings | undefined): string {
  const entry = settings && (clusterEntry(settings) ?? defaultEntry(settings));
  return entry === undefined ? "" : createHash("sha256").update(canonical(entry)).digest("hex").slice(0, 16);
}

/** Returns the entry that settings without a kubeconfig select, from the default files of Kubernetes tools. */
function defaultEntry(settings: Settings): unknown {
  const { kubeconfig = "" } = settings;
  if (kubeconfig !== "" && kubeconfig !== process.env["KUBECONFIG"]) return undefined;
  const entries = defaultPaths().map((path) => clusterEntry({ ...settings, kubeconfig: path }));
  return entries.find((entry) => entry !== undefined);
}

/** Returns JSON with sorted keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === "object" && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}

/** Returns a text of a stack's state or export, unwrapped if it is marked as a secret. */
function textIn(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return undefined;
  if ("plaintext" in value && typeof value.plaintext === "string") return textIn(parsedJson(value.plaintext));
  return "value" in value ? textIn(value.value) : undefined;
}

/** Returns undefined instead of throwing, because the text that an exception quotes may be a secret. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Kubeconfig {
  readonly "current-context"?: string;
  readonly contexts?: readonly { readonly name: string; readonly context: { readonly cluster: string } }[];
  readonly clusters?: readonly { readonly name: string; readonly cluster: unknown }[];
}

/** Returns the cluster's entry that the settings select in the current kubeconfig. */
function clusterEntry({ kubeconfig, context, cluster }: Settings): unknown {
  if (kubeconfig === undefined || kubeconfig === "") return undefined;
  try {
    const text = isText(kubeconfig) ? kubeconfig : readFileSync(withHome(kubeconfig), "utf8");
    const config = parse(text, { logLevel: "error" }) as Kubeconfig;
    const chosen = context || config["current-context"];
    const name = cluster || config.contexts?.find((each) => each.name === chosen)?.context.cluster;
    return config.clusters?.find((each) => each.name === name)?.cluster;
  } catch {
    return undefined;
  }
}
