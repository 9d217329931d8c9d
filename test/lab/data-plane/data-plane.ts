/**
 * Real traffic in a lab: each cluster has an istiod with its own trust domain under a common root, gateways, and pods
 * as network namespaces.
 *
 * Needs Linux and root; `missingForDataPlane` checks that. Everything runs in network namespaces, which `stop` removes.
 */
import { createHash } from "node:crypto";
import { mkdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { applyObject } from "../cluster/kube-request.js";
import { type DataPlaneParts, ensureDataPlaneParts, type Log } from "../parts/ensure.js";
import { poll } from "../processes/poll.js";
import { findByMarker, launch, terminate } from "../processes/process.js";
import type { Lab } from "../start-lab.js";
import { type App, bundleApp, startApp } from "./app/app.js";
import type { AppSettings } from "./app/messages.js";
import { makeRoot } from "./istio/certificates.js";
import { startControlPlane } from "./istio/control-plane.js";
import { allowSecrets, applyNode, applyRemoteSecret } from "./istio/objects.js";
import { type Namespace, removeNamespaces } from "./network/namespaces.js";
import { Network } from "./network/network.js";
import { type Pod, type PodHost, type PodSpec, startPod } from "./pods.js";

/** Connections between clusters. */
export const Topology = {
  /** Pods reach each other across clusters; each istiod watches all API servers. */
  Flat: "flat",
  /** Clusters reach each other only through east-west gateways. */
  TwoNetworks: "two-networks",
  /** Gateway proxies only: pods have no sidecars, and clusters reach each other through their gateways. */
  NoMesh: "no-mesh",
} as const;
export type Topology = (typeof Topology)[keyof typeof Topology];

export interface DataPlaneOptions {
  readonly lab: Lab;
  readonly topology: Topology;
  /** Receives progress lines. Default: none. */
  readonly log?: Log;
}

const REGIONS: readonly string[] = ["us-east-1", "us-west-2", "eu-north-1"];

/** Returns the trust domain of a cluster. */
export function trustDomainOf(cluster: string): string {
  return `${cluster}.example.com`;
}

/** Returns the region of the cluster with this number. */
export function regionOf(index: number): string {
  return REGIONS[index] ?? `region-${index}`;
}

const INGRESS_LABELS = { istio: "ingressgateway" };
const EAST_WEST_LABELS = { istio: "eastwestgateway" };
/** The name in Istio's installation, which a fleet expects by default. */
const EAST_WEST_ACCOUNT = "istio-eastwestgateway-service-account";
const NAMESPACES = ["istio-system", "gateways", "shop", "billing", "library"];

/** Clusters with proxies and pods. */
export class DataPlane {
  readonly lab: Lab;
  readonly topology: Topology;
  readonly parts: DataPlaneParts;
  readonly network: Network;
  readonly #hosts = new Map<string, PodHost>();
  readonly #gateways = new Map<string, { readonly ingress: Pod; readonly eastWest: Pod }>();
  #world: App | undefined;
  #bundle = "";

  constructor(options: DataPlaneOptions, parts: DataPlaneParts) {
    this.lab = options.lab;
    this.topology = options.topology;
    this.parts = parts;
    this.network = new Network(prefixOf(options.lab.folder));
  }

  /** Folder of the root CA. */
  get root(): string {
    return path.join(this.#folder, "root");
  }

  /** Returns the PEM certificate of the root CA, which also signs the certificates of `makeServerCertificate`. */
  rootCertificate(): Promise<string> {
    return readFile(path.join(this.root, "root-cert.pem"), "utf8");
  }

  get #folder(): string {
    return dataPlaneFolder(this.lab.folder);
  }

  get #sockets(): string {
    return socketFolder(this.lab.folder);
  }

  /** A client outside all clusters. */
  get world(): App {
    if (this.#world === undefined) throw new Error("the data plane has not started");
    return this.#world;
  }

  /** Returns the gateway proxies of a cluster. */
  gateways(cluster: string): { readonly ingress: Pod; readonly eastWest: Pod } {
    const found = this.#gateways.get(cluster);
    if (found === undefined) throw new Error(`the data plane has no cluster "${cluster}"`);
    return found;
  }

  /** Returns the public address of a cluster's ingress gateway. */
  ingressAddress(cluster: string): string {
    return this.network.cluster(cluster).addresses.ingressGateway;
  }

  /** Starts a pod in a cluster. */
  startPod(cluster: string, spec: PodSpec): Promise<Pod> {
    const host = this.#hosts.get(cluster);
    if (host === undefined) throw new Error(`the data plane has no cluster "${cluster}"`);
    return startPod(host, spec);
  }

  /** Starts a service outside all clusters, at a public address in 203.0.113.0/24. */
  async startOutsider(
    name: string,
    options: { readonly address: string } & Partial<Pick<AppSettings, "httpPorts" | "https">>,
  ): Promise<App> {
    const { address, httpPorts = [], https } = options;
    return this.#startProgram(name, await this.network.addOutsider(name, address), {
      httpPorts,
      ...(https && { https }),
    });
  }

  /** Starts the pods' program outside all clusters. */
  #startProgram(name: string, namespace: Namespace, settings: Pick<AppSettings, "httpPorts" | "https">): Promise<App> {
    return startApp({
      bundle: this.#bundle,
      folder: path.join(this.#folder, name),
      control: path.join(this.#sockets, name),
      namespace,
      guard: this.lab.guard,
      settings: { pod: name, namespace: "", cluster: "", labels: {}, grpcPorts: [], tcpPorts: [], ...settings },
    });
  }

  /** Starts networks, control planes and gateways. */
  async start(): Promise<void> {
    const { lab, network } = this;
    const names = lab.clusters.map(({ name }) => name);
    lab.guard.watchNamespaces(prefixOf(lab.folder), this.#sockets);
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await mkdir(this.#sockets, { recursive: true, mode: 0o700 });
    await network.start(names, { isFlat: this.topology === Topology.Flat });
    const [bundle] = await Promise.all([bundleApp(this.#folder), makeRoot(this.root), this.#startRelay()]);
    this.#bundle = bundle;
    this.#world = await this.#startProgram("world", network.world, { httpPorts: [] });
    await Promise.all(names.map((name, index) => this.#startCluster(name, regionOf(index), bundle)));
  }

  /** Lets the clusters' nodes reach the API servers on this machine's loopback. */
  async #startRelay(): Promise<void> {
    const nodes = this.lab.clusters.map(({ name }) => this.network.cluster(name).node.name);
    const ports = this.lab.clusters.map(({ server }) => new URL(server).port);
    // on a flat network, each istiod calls the other clusters' API servers too
    const pairs = nodes.flatMap((node) => ports.flatMap((port) => [node, port]));
    const relay = await launch({
      command: process.execPath,
      args: ["--import", "tsx", path.join(import.meta.dirname, "network", "relay.ts"), this.#sockets, ...pairs],
      marker: this.#sockets,
      logFile: path.join(this.#folder, "relay.log"),
      guard: this.lab.guard,
    });
    await poll(async () => relay.hasExited() || relay.log().includes("ready"), { timeoutMs: 60_000, everyMs: 50 });
    if (!relay.log().includes("ready")) throw new Error(`the relay to the API servers did not start\n${relay.log()}`);
  }

  async #startCluster(cluster: string, region: string, bundle: string): Promise<void> {
    const { lab, network, parts, root } = this;
    const client = lab.client(cluster);
    const kubeconfig = lab.clusters.find(({ name }) => name === cluster)?.kubeconfig ?? "";
    const kubeNetwork = this.topology === Topology.Flat ? undefined : cluster;
    for (const name of NAMESPACES) {
      const labels: Record<string, string> =
        name === "istio-system" && kubeNetwork !== undefined ? { "topology.istio.io/network": kubeNetwork } : {};
      await applyObject(client, "/api/v1/namespaces", {
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { name, labels },
      });
    }
    await applyNode(client, cluster, { region, zone: `${region}a` });
    if (this.topology === Topology.Flat) await this.#introduceOthers(cluster);
    const trustDomain = trustDomainOf(cluster);
    await startControlPlane({
      cluster,
      trustDomain,
      trustDomains: lab.clusters.map(({ name }) => trustDomainOf(name)),
      parts,
      node: network.cluster(cluster).node,
      folder: path.join(this.#folder, cluster, "control-plane"),
      root,
      kubeconfig,
      guard: lab.guard,
    });
    this.#hosts.set(cluster, {
      cluster,
      trustDomain,
      ...(kubeNetwork !== undefined && { kubeNetwork }),
      client,
      network,
      parts,
      bundle,
      folder: path.join(this.#folder, cluster),
      sockets: this.#sockets,
      root,
      guard: lab.guard,
    });
    await this.#startGateways(cluster);
  }

  async #startGateways(cluster: string): Promise<void> {
    const client = this.lab.client(cluster);
    await allowSecrets(client, "gateways", "ingressgateway");
    await allowSecrets(client, "istio-system", EAST_WEST_ACCOUNT);
    const [ingress, eastWest] = await Promise.all([
      this.startPod(cluster, {
        name: "ingressgateway",
        namespace: "gateways",
        labels: INGRESS_LABELS,
        proxy: "gateway",
      }),
      this.startPod(cluster, {
        name: "eastwestgateway",
        namespace: "istio-system",
        labels: EAST_WEST_LABELS,
        serviceAccount: EAST_WEST_ACCOUNT,
        proxy: "east-west-gateway",
      }),
    ]);
    this.#gateways.set(cluster, { ingress, eastWest });
    const { addresses } = this.network.cluster(cluster);
    await this.network.forward(cluster, addresses.ingressGateway, ingress.address);
    await this.network.forward(cluster, addresses.eastWestGateway, eastWest.address);
  }

  /** Gives an istiod the credentials of the other clusters. */
  async #introduceOthers(cluster: string): Promise<void> {
    for (const other of this.lab.clusters) {
      if (other.name === cluster) continue;
      await applyRemoteSecret(this.lab.client(cluster), other.name, await readFile(other.kubeconfig, "utf8"));
    }
  }

  /** Stops everything and removes the network namespaces. */
  async stop(): Promise<void> {
    await removeDataPlane(this.lab.folder);
  }
}

/** Returns the name prefix of a lab's network namespaces. */
function prefixOf(labFolder: string): string {
  return `mw-${createHash("sha256").update(labFolder).digest("hex").slice(0, 8)}-`;
}

/** Returns the folder of a lab's data plane. */
function dataPlaneFolder(labFolder: string): string {
  return path.join(labFolder, "data-plane");
}

/** Returns the folder of the pods' sockets; its path is short, because socket paths are limited. */
export function socketFolder(labFolder: string): string {
  return path.join(tmpdir(), prefixOf(labFolder).slice(0, -1));
}

/** Stops everything in a lab's data plane, even if an earlier run started it. */
export async function removeDataPlane(labFolder: string): Promise<void> {
  await removeNamespaces(prefixOf(labFolder));
  const sockets = socketFolder(labFolder);
  for (const relay of await findByMarker(sockets)) await terminate(relay);
  await rm(sockets, { recursive: true, force: true });
}

/** Starts a data plane in a lab; builds missing parts first. */
export async function startDataPlane(options: DataPlaneOptions): Promise<DataPlane> {
  const parts = await ensureDataPlaneParts(options.log);
  const dataPlane = new DataPlane(options, parts);
  try {
    await dataPlane.start();
    return dataPlane;
  } catch (error) {
    await dataPlane.stop();
    throw error;
  }
}
