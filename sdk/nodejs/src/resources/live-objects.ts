import * as pulumi from "@pulumi/pulumi";
import type { NamedObject } from "../kube/object.js";
import { type Owner, ownerIn } from "../kube/owner.js";
import { type Way, wayIn, wayOf } from "../kube/way.js";
import { AnswerError, ask, reasonOf } from "./api-request.js";
import { newKubeConfig } from "./kube-config.js";
import { isText, withHome } from "./kubeconfig.js";
import type { Settings } from "./way.js";

type KubeConfig = import("@kubernetes/client-node", { with: { "resolution-mode": "import" }}).KubeConfig;

/** An object that is in a cluster. */
export interface Present {
  readonly isThere: true;
  /** The resource that it belongs to, if it says so. */
  readonly owner?: Owner;
  /** The name by which Pulumi has applied fields of it. */
  readonly manager?: string;
  /** Which of all objects that ever had its name it is. */
  readonly uid?: string;
  /** By which way it came, if it says so. */
  readonly way?: Way;
  /** Whether it is being deleted. */
  readonly isGoing?: true;
}

/** What is known of an object's name in a cluster: it is there, or nobody has it; undefined where nobody could look. */
export type Live = Present | { readonly isThere: false } | undefined;

/** Metadata of an object, as an API server has it. */
interface Metadata {
  readonly name: string;
  readonly uid?: string;
  readonly deletionTimestamp?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly managedFields?: readonly { readonly manager?: string; readonly operation?: string }[];
}

/** A collection's objects by name; where nobody could look, why, if that may change. */
type Listed = ReadonlyMap<string, Metadata> | { readonly why?: string };

/** Objects in a page of a list. */
const PAGE = 500;

/** What a cluster has already of the names that resources want; asks for each kind and namespace once. */
export class LiveObjects {
  readonly #settings: Promise<Settings | undefined>;
  readonly #lists = new Map<string, Promise<Listed>>();
  #config: Promise<KubeConfig | undefined> | undefined;

  readonly #load: typeof loadConfig;

  /** Takes the settings of the provider that the objects go through. */
  constructor(settings: Promise<Settings | undefined>, load: typeof loadConfig = loadConfig) {
    this.#settings = settings;
    this.#load = load;
  }

  /** Looks for an object of this kind, namespace and name. */
  async find(object: NamedObject): Promise<Live> {
    const found = await this.#listOf(object);
    if (!("get" in found)) return undefined;
    const metadata = found.get(object.metadata.name);
    if (metadata === undefined) return { isThere: false };
    const owner = ownerIn(metadata.annotations);
    const manager = managerIn(metadata);
    const { uid, deletionTimestamp } = metadata;
    const way = wayIn(wayOf(metadata.annotations));
    return {
      isThere: true,
      ...(owner && { owner }),
      ...(manager !== undefined && { manager }),
      ...(uid !== undefined && { uid }),
      ...(way && { way }),
      ...(deletionTimestamp !== undefined && { isGoing: true }),
    };
  }

  /**
   * Returns why a look for such an object had no answer; undefined where it had one, or where this program can't know
   * how the
   * cluster is reached.
   */
  async unanswered(object: NamedObject): Promise<string | undefined> {
    const found = await this.#listOf(object);
    return "get" in found ? undefined : found.why;
  }

  #listOf(object: NamedObject): Promise<Listed> {
    const path = pathOf(object);
    const list = this.#lists.get(path) ?? this.#list(path);
    this.#lists.set(path, list);
    return list;
  }

  async #list(path: string): Promise<Listed> {
    try {
      this.#config ??= this.#load(await this.#settings);
      const config = await this.#config;
      return config === undefined ? {} : await listAll(config, path);
    } catch (error) {
      const why = reasonOf(error);
      void pulumi.log.debug(`${path} can't be asked for: ${why}`);
      return { why };
    }
  }
}

/** The path of an object's collection. */
function pathOf({ apiVersion, kind, metadata }: NamedObject): string {
  const within = metadata.namespace === undefined ? "" : `namespaces/${metadata.namespace}/`;
  return `/apis/${apiVersion}/${within}${pluralOf(kind)}`;
}

/** The manager under whose name Pulumi applies an object's fields. */
function managerIn({ managedFields = [] }: Metadata): string | undefined {
  const own = ({ manager = "", operation }: { readonly manager?: string; readonly operation?: string }) =>
    operation === "Apply" && manager.startsWith("pulumi-kubernetes");
  return managedFields.find(own)?.manager;
}

/** The name of a kind's collection in the paths of an API server: small letters, in the plural. */
function pluralOf(kind: string): string {
  const name = kind.toLowerCase();
  return /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`;
}

/** The configuration by which a provider reaches its cluster; undefined where that is not known. */
async function loadConfig(settings: Settings | undefined): Promise<KubeConfig | undefined> {
  if (settings === undefined || (settings.cluster ?? "") !== "") return undefined;
  const { kubeconfig, context } = settings;
  const config = await newKubeConfig();
  if (!kubeconfig || kubeconfig === process.env["KUBECONFIG"]) config.loadFromDefault();
  else if (isText(kubeconfig)) config.loadFromString(kubeconfig);
  else config.loadFromFile(withHome(kubeconfig));
  if (context) config.setCurrentContext(context);
  return config;
}

interface Page {
  readonly metadata?: { readonly continue?: string };
  /** Of an empty list of metadata, null. */
  readonly items?: readonly { readonly metadata: Metadata }[] | null;
}

/** Metadata by name of all objects of a collection; of one whose kind is not served, none. */
async function listAll(config: KubeConfig, path: string): Promise<ReadonlyMap<string, Metadata>> {
  const found = new Map<string, Metadata>();
  for (let next = ""; ; ) {
    const query = new URLSearchParams({ limit: String(PAGE), ...(next !== "" && { continue: next }) });
    const page = await getPage(config, `${path}?${query}`);
    for (const { metadata } of page.items ?? []) found.set(metadata.name, metadata);
    next = page.metadata?.continue ?? "";
    if (next === "") return found;
  }
}

async function getPage(config: KubeConfig, path: string): Promise<Page> {
  try {
    // only metadata: routes of a whole company may be many megabytes
    return await ask<Page>(config, path, "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1");
  } catch (error) {
    if (error instanceof AnswerError && error.status === 404 && !(await isServed(config, path))) return {};
    throw error;
  }
}

/**
 * Whether an API server serves a kind. Asks for the groups that it has, since anything on the way may answer with
 * 404.
 */
async function isServed(config: KubeConfig, path: string): Promise<boolean> {
  const [, , group = "", version = ""] = path.split("/");
  const [plural] = (path.split("?")[0] ?? "").split("/").slice(-1);
  const { groups } = await ask<{ readonly groups: readonly ApiGroup[] }>(config, "/apis");
  const served = groups.find(({ name }) => name === group)?.versions.map((each) => each.version);
  if (served?.includes(version) !== true) return false;
  const { resources } = await ask<{ readonly resources: readonly { readonly name: string }[] }>(
    config,
    `/apis/${group}/${version}`,
  );
  return resources.some(({ name }) => name === plural);
}

interface ApiGroup {
  readonly name: string;
  readonly versions: readonly { readonly version: string }[];
}
