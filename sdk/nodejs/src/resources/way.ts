import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import type * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import type { Access } from "./access.js";
import { resolved } from "./engine.js";
import { defaultPaths, isText, withHome } from "./kubeconfig.js";

/** The inputs of a Kubernetes provider that say which cluster it reaches. */
const SETTINGS = ["kubeconfig", "context", "cluster", "clusterIdentifier"] as const;
export type Settings = Readonly<Partial<Record<(typeof SETTINGS)[number], string>>>;

type Inputs = Readonly<Record<string, pulumi.Input<string> | undefined>>;

/**
 * How a provider's way to its cluster changes: not, or so that Pulumi takes it for another cluster and replaces all that is in it, or without
 * its noticing.
 */
export type Change = "none" | "replaced" | "unnoticed";

/** The settings by which a cluster is reached; undefined where they are not known, as in a preview that makes the cluster. */
export async function settingsOf({ provider, ...given }: Access): Promise<Settings | undefined> {
  // a provider that comes from another process does not say how it reaches its cluster
  if (provider !== undefined && !("kubeconfig" in provider)) return undefined;
  // Pulumi gives every resource an Output for each of its inputs, and the SDK of Kubernetes takes a default from the environment
  const inputs = (provider ?? { kubeconfig: process.env["KUBECONFIG"], ...given }) as unknown as Inputs;
  const found = await Promise.all(SETTINGS.map(async (each) => [each, await resolved(inputs[each])] as const));
  // in a preview, what a provider was not given is not known either: with a kubeconfig there is nothing else to wait for
  const isKnown = provider === undefined ? found.every(([, { known }]) => known) : found[0]?.[1].known;
  if (isKnown !== true) return undefined;
  return Object.fromEntries(found.flatMap(([each, { value }]) => (typeof value === "string" ? [[each, value]] : [])));
}

/**
 * Compares a provider's settings with those that the state has. Follows the Kubernetes plugin (its DiffConfig, 4.32): an identifier that both
 * have decides, else the entry of the cluster in the kubeconfig, and where none is given nothing is compared.
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

/** The settings of a provider that the state has. */
export function notedSettings(noted: Readonly<Record<string, unknown>>): Settings {
  return Object.fromEntries(SETTINGS.map((each) => [each, textIn(noted[each])]));
}

/** A hash of the cluster's entry in the kubeconfig that the settings lead to; empty where there is none. */
export function entryHash(settings: Settings | undefined): string {
  const entry = settings && (clusterEntry(settings) ?? defaultEntry(settings));
  return entry === undefined ? "" : createHash("sha256").update(canonical(entry)).digest("hex").slice(0, 16);
}

/** The entry that settings without a kubeconfig lead to, in what Kubernetes' tools read then. */
function defaultEntry(settings: Settings): unknown {
  const { kubeconfig = "" } = settings;
  if (kubeconfig !== "" && kubeconfig !== process.env["KUBECONFIG"]) return undefined;
  const entries = defaultPaths().map((path) => clusterEntry({ ...settings, kubeconfig: path }));
  return entries.find((entry) => entry !== undefined);
}

/** JSON in which keys are in order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === "object" && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}

/** A text of a stack's state or export, with or without the mark of a secret around it. */
function textIn(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return undefined;
  if ("plaintext" in value && typeof value.plaintext === "string") return textIn(parsedJson(value.plaintext));
  return "value" in value ? textIn(value.value) : undefined;
}

/** What a parser's exception quotes may be a secret, so that there is none. */
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

/** The entry of the cluster that the settings lead to, as the kubeconfig has it today. */
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
