/** Makes sure that every part of the lab is on this machine: found on PATH, else in the cache, else built. */
import path from "node:path";
import { Listr } from "listr2";
import { build, cacheKey, yamlFiles } from "./build.js";
import { cacheRoot, exists } from "./cache.js";
import {
  CLUSTER_PARTS,
  CONTROLLERS_PART,
  DATA_PLANE_PARTS,
  ISTIOCTL_PART,
  type Part,
  YAML_HOST_PART,
} from "./catalog.js";
import { findInstalled, findOnPath } from "./find.js";
import { requireGo } from "./go-module.js";
import type { Report } from "./report.js";

/** Where the parts are. */
export interface Parts {
  readonly etcd: string;
  readonly kubeApiserver: string;
  readonly pulumi: string;
  /** Manifest files with every CRD that the lab installs. */
  readonly crdFiles: readonly string[];
  /** Folders for PATH: the Pulumi CLI beside its language host. */
  readonly binFolders: readonly string[];
}

/** Where the programs and files are that carry requests. */
export interface DataPlaneParts {
  readonly istiod: string;
  readonly pilotAgent: string;
  readonly envoy: string;
  readonly kubeControllerManager: string;
  /** The template from which pilot-agent makes Envoy's first configuration. */
  readonly bootstrap: string;
}

/** Takes one line of progress. */
export type Log = (line: string) => void;

const STILL_AT_WORK_MS = 15_000;
// Two: one module downloads or links while another compiles; each compile uses all cores by itself.
const BUILDS_AT_ONCE = 2;

/** The parts of API servers and Pulumi; what is missing is built first, with progress on the terminal or, without one, as lines to `log`. */
export async function ensureParts(log: Log = console.log): Promise<Parts> {
  const folderOf = await ensure(CLUSTER_PARTS, log);
  const manifests = CLUSTER_PARTS.filter(({ kind }) => kind === "manifests").map(({ id }) => yamlFiles(folderOf(id)));
  return {
    etcd: path.join(folderOf("etcd"), "etcd"),
    kubeApiserver: path.join(folderOf("kube-apiserver"), "kube-apiserver"),
    pulumi: path.join(folderOf("pulumi"), "pulumi"),
    crdFiles: (await Promise.all(manifests)).flat(),
    binFolders: [folderOf("pulumi")],
  };
}

/** The parts that carry requests; what is missing is built first, as for `ensureParts`. */
export async function ensureDataPlaneParts(log: Log = console.log): Promise<DataPlaneParts> {
  const folderOf = await ensure(DATA_PLANE_PARTS, log);
  return {
    istiod: path.join(folderOf("istio"), "pilot-discovery"),
    pilotAgent: path.join(folderOf("istio"), "pilot-agent"),
    envoy: path.join(folderOf("envoy"), "envoy"),
    kubeControllerManager: path.join(folderOf("kube-controller-manager"), "kube-controller-manager"),
    bootstrap: path.join(folderOf("istio-bootstrap"), "envoy_bootstrap.json"),
  };
}

/** The path of kube-controller-manager, which is built first where it is missing. */
export async function ensureControllers(log: Log = console.log): Promise<string> {
  const folderOf = await ensure([CONTROLLERS_PART], log);
  return path.join(folderOf(CONTROLLERS_PART.id), CONTROLLERS_PART.id);
}

/** The path of istioctl, which is built first where it is missing. */
export async function ensureIstioctl(log: Log = console.log): Promise<string> {
  const folderOf = await ensure([ISTIOCTL_PART], log);
  return path.join(folderOf(ISTIOCTL_PART.id), "istioctl");
}

/** The folder of the language host for YAML: that of an installed Pulumi, else one that is built here. */
export async function ensureYamlHost(log: Log = console.log): Promise<string> {
  // it comes with the CLI, and tells no version
  const installed = await findOnPath(YAML_HOST_PART.id);
  if (installed !== undefined) return path.dirname(installed);
  const folderOf = await ensure([YAML_HOST_PART], log);
  return folderOf(YAML_HOST_PART.id);
}

async function ensure(parts: readonly Part[], log: Log): Promise<(id: string) => string> {
  const folders = new Map<string, string>();
  await Promise.all(parts.map((part) => findPart(part, folders)));
  const missing = parts.filter(({ id }) => !folders.has(id));
  if (missing.length > 0) await buildMissing(missing, folders, log);
  return (id) => {
    const folder = folders.get(id);
    if (!folder) throw new Error(`part ${id} was neither found nor built`);
    return folder;
  };
}

/** One line per part: where it comes from. */
export async function describeParts(): Promise<string[]> {
  return Promise.all(
    [...CLUSTER_PARTS, ...DATA_PLANE_PARTS, ISTIOCTL_PART, YAML_HOST_PART].map(async (part) => {
      const installed = part.kind === "manifests" ? undefined : await findInstalled(part);
      if (installed) return `${part.title}: ${installed.version}, installed in ${installed.folder}`;
      const folder = path.join(cacheRoot(), await cacheKey(part));
      return `${part.title}: ${(await exists(folder)) ? `built, in ${folder}` : "not built yet"}`;
    }),
  );
}

async function findPart(part: Part, folders: Map<string, string>): Promise<void> {
  const installed = part.kind === "manifests" ? undefined : await findInstalled(part);
  if (installed) {
    folders.set(part.id, installed.folder);
    return;
  }
  const folder = path.join(cacheRoot(), await cacheKey(part));
  if (await exists(folder)) folders.set(part.id, folder);
}

async function buildMissing(missing: readonly Part[], folders: Map<string, string>, log: Log): Promise<void> {
  const built = missing.filter(({ kind }) => kind !== "wheel");
  if (built.length > 0) await requireGo(built.map(({ title }) => title));
  const started = Date.now();
  const say = (text: string) => log(`[${String(Math.round((Date.now() - started) / 1000)).padStart(3)} s] ${text}`);
  if (process.stdout.isTTY) {
    const tasks = missing.map((part) => ({
      title: part.title,
      task: async (_: unknown, task: { output: string }) => {
        folders.set(part.id, await build(part, (status) => (task.output = status)));
      },
    }));
    console.log("Building the lab's parts; this happens once and takes some minutes.");
    await new Listr(tasks, {
      concurrent: BUILDS_AT_ONCE,
      rendererOptions: { timer: { condition: true, field: elapsed } },
    }).run();
    return;
  }
  say(`building ${missing.map(({ title }) => title).join(", ")}; this happens once and takes some minutes`);
  const queue = [...missing];
  const worker = async () => {
    for (let part = queue.shift(); part; part = queue.shift()) await buildWithLines(part, folders, say);
  };
  await Promise.all(Array.from({ length: BUILDS_AT_ONCE }, worker));
}

async function buildWithLines(part: Part, folders: Map<string, string>, say: Log): Promise<void> {
  let latest = "waiting for another run to finish it";
  const report: Report = (status) => {
    latest = status;
  };
  const ticker = setInterval(() => say(`${part.title}: ${latest}`), STILL_AT_WORK_MS);
  say(`${part.title}: started`);
  try {
    folders.set(part.id, await build(part, report));
    say(`${part.title}: ready`);
  } finally {
    clearInterval(ticker);
  }
}

function elapsed(milliseconds: number): string {
  return `${Math.round(milliseconds / 1000)} s`;
}
