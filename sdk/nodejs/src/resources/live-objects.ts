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
  /** The owning resource, if annotated. */
  readonly owner?: Owner;
  /** The field manager of Pulumi's earlier applies. */
  readonly manager?: string;
  /** The uid, which tells it from earlier objects of the same name. */
  readonly uid?: string;
  /** The way by which it was applied, if annotated. */
  readonly way?: Way;
  /** True while it is being deleted. */
  readonly isGoing?: true;
}

/** The state of an object's name in a cluster: present or absent; undefined if the cluster could not be read. */
export type Live = Present | { readonly isThere: false } | undefined;

/** Metadata of an object, as the API server returns it. */
interface Metadata {
  readonly name: string;
  readonly uid?: string;
  readonly deletionTimestamp?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly managedFields?: readonly { readonly manager?: string; readonly operation?: string }[];
}

/** A collection's objects by name; if it could not be read, the reason, if that may change. */
type Listed = ReadonlyMap<string, Metadata> | { readonly why?: string };

/** Objects per page of a list. */
const PAGE = 500;

/** Reads the objects that already exist in a cluster; lists each kind and namespace once. */
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

  /** Finds the object of this kind, namespace and name. */
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
   * Returns why looking for an object failed; undefined if it didn't, or if this program can't know how to reach the
   * cluster.
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

/** Returns the path of an object's collection. */
function pathOf({ apiVersion, kind, metadata }: NamedObject): string {
  const within = metadata.namespace === undefined ? "" : `namespaces/${metadata.namespace}/`;
  return `/apis/${apiVersion}/${within}${pluralOf(kind)}`;
}

/** Returns the field manager of Pulumi's applies to an object. */
function managerIn({ managedFields = [] }: Metadata): string | undefined {
  const own = ({ manager = "", operation }: { readonly manager?: string; readonly operation?: string }) =>
    operation === "Apply" && manager.startsWith("pulumi-kubernetes");
  return managedFields.find(own)?.manager;
}

/** Returns the plural of a kind, as in API paths: in lower case. */
function pluralOf(kind: string): string {
  const name = kind.toLowerCase();
  return /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`;
}

/** Returns the client configuration of a provider's cluster; undefined if unknown. */
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
  /** Null in an empty list of metadata. */
  readonly items?: readonly { readonly metadata: Metadata }[] | null;
}

/** Returns the metadata of all objects of a collection, by name; none if its kind is not served. */
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
    // only metadata: the routes of a whole company may be many megabytes
    return await ask<Page>(config, path, "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1");
  } catch (error) {
    if (error instanceof AnswerError && error.status === 404 && !(await isServed(config, path))) return {};
    throw error;
  }
}

/** Returns true if an API server serves a kind. Uses discovery, because any proxy in between may respond with 404. */
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
