import * as http from "node:http";
import * as https from "node:https";
import * as pulumi from "@pulumi/pulumi";
import type { NamedObject } from "../kube/object.js";
import { type Owner, ownerIn } from "../kube/owner.js";
import { type Way, wayIn, wayOf } from "../kube/way.js";
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

/** Objects in a page of a list. */
const PAGE = 500;
const TIMEOUT_MS = 20_000;

/** What a cluster has already of the names that resources want; asks for each kind and namespace once. */
export class LiveObjects {
  readonly #settings: Promise<Settings | undefined>;
  readonly #lists = new Map<string, Promise<ReadonlyMap<string, Metadata> | undefined>>();
  #config: Promise<KubeConfig | undefined> | undefined;

  /** Takes the settings of the provider that the objects go through. */
  constructor(settings: Promise<Settings | undefined>) {
    this.#settings = settings;
  }

  /** Looks for an object of this kind, namespace and name. */
  async find(object: NamedObject): Promise<Live> {
    const path = pathOf(object);
    const list = this.#lists.get(path) ?? this.#list(path);
    this.#lists.set(path, list);
    const found = await list;
    if (found === undefined) return undefined;
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

  async #list(path: string): Promise<ReadonlyMap<string, Metadata> | undefined> {
    try {
      this.#config ??= loadConfig(await this.#settings);
      const config = await this.#config;
      return config && (await listAll(config, path));
    } catch (error) {
      // who makes the object meets the same trouble and tells it
      void pulumi.log.debug(`${path} can't be asked for: ${reasonOf(error)}`);
      return undefined;
    }
  }
}

/** Why nobody could look. Texts of errors quote kubeconfigs and answers, and so are not told. */
function reasonOf(error: unknown): string {
  if (error instanceof StatusError) return `status ${error.status}`;
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === "string" && /^[A-Z_]{1,40}$/.test(code) ? code : "it can't be reached by this kubeconfig";
}

/** An answer that is no list. */
class StatusError extends Error {
  readonly status: number;

  constructor(status = 0) {
    super(`status ${status}`);
    this.status = status;
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
  const server = config.getCurrentCluster()?.server;
  if (server === undefined) throw new Error("the kubeconfig has no current cluster");
  const options: https.RequestOptions = { timeout: TIMEOUT_MS };
  await config.applyToHTTPSOptions(options);
  // only metadata: routes of a whole company may be many megabytes
  options.headers = {
    ...options.headers,
    Accept: "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json",
  };
  const url = new URL(server.replace(/\/$/, "") + path);
  return new Promise((resolve, reject) => {
    const { get } = url.protocol === "http:" ? http : https;
    const request = get(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        if (response.statusCode === 404) resolve({ items: [] });
        else if (response.statusCode !== 200) reject(new StatusError(response.statusCode));
        else resolve(JSON.parse(text) as Page);
      });
    });
    request.on("timeout", () => request.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)));
    request.on("error", reject);
  });
}
