/** Pods of a lab: one network namespace each, with a program that echoes requests and, if requested, a real sidecar. */
import { rm } from "node:fs/promises";
import path from "node:path";
import type { KubeConfig } from "@kubernetes/client-node";
import type { DataPlaneParts } from "../parts/ensure.js";
import type { Guard } from "../processes/guard.js";
import { type App, startApp } from "./app/app.js";
import type { AppSettings } from "./app/messages.js";
import { applyPod, applyServiceAccount, deletePod, labelPod, makeToken, setPodStatus } from "./istio/objects.js";
import { type ProxyOptions, RESOLVER, redirectTraffic, startProxy, waitForProxy } from "./istio/proxy.js";
import { emptyNamespace, type Namespace, removeNamespace } from "./network/namespaces.js";
import type { Network } from "./network/network.js";

/** The specification of a pod. */
export interface PodSpec {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Default: the pod's name. */
  readonly serviceAccount?: string;
  /** The proxy next to the program. Default `sidecar`. */
  readonly proxy?: "sidecar" | "gateway" | "east-west-gateway" | "none";
  readonly httpPorts?: readonly number[];
  readonly grpcPorts?: readonly number[];
  readonly tcpPorts?: readonly number[];
  /** Ports on which the program itself serves TLS. */
  readonly https?: AppSettings["https"];
}

/** Settings that the pods of one cluster share. */
export interface PodHost {
  readonly cluster: string;
  readonly trustDomain: string;
  /** Name of the cluster's network, if there are several. */
  readonly kubeNetwork?: string;
  readonly client: KubeConfig;
  readonly network: Network;
  readonly parts: DataPlaneParts;
  readonly bundle: string;
  /** Folder for the files of pods. */
  readonly folder: string;
  /** Folder for sockets, whose paths must be short. */
  readonly sockets: string;
  /** Folder of the root CA. */
  readonly root: string;
  readonly guard: Guard;
}

/** A running pod. */
export class Pod {
  readonly spec: PodSpec;
  readonly cluster: string;
  readonly address: string;
  readonly networkNamespace: Namespace;
  readonly #host: PodHost;
  #app: App;
  #isRemoved = false;

  constructor(host: PodHost, spec: PodSpec, { address, networkNamespace }: Place, app: App) {
    this.#host = host;
    this.spec = spec;
    this.cluster = host.cluster;
    this.address = address;
    this.networkNamespace = networkNamespace;
    this.#app = app;
  }

  /** The program in the pod. */
  get app(): App {
    return this.#app;
  }

  /** Replaces labels, as `kubectl label` does; `null` removes one. */
  async label(labels: Readonly<Record<string, string | null>>): Promise<void> {
    await labelPod(this.#host.client, this.spec, labels);
  }

  /** Reports the pod as ready or not ready. */
  async setReady(isReady: boolean): Promise<void> {
    await setPodStatus(this.#host.client, this.spec, { address: this.address, isReady });
  }

  /** Kills the pod's processes. Its address stays and refuses connections; Kubernetes is not notified. */
  async kill(): Promise<void> {
    await emptyNamespace(this.networkNamespace);
  }

  /** Starts the pod's programs again; Kubernetes is not notified. */
  async restart(): Promise<void> {
    this.#app = await startPrograms(this.#host, this.spec, this);
  }

  /** Deletes the pod, then stops its processes. Does nothing the second time. */
  async remove(): Promise<void> {
    if (this.#isRemoved) return;
    this.#isRemoved = true;
    await deletePod(this.#host.client, this.spec);
    await removeNamespace(this.networkNamespace);
  }

  /** The proxy's log, which includes the access log. */
  get proxyLogFile(): string {
    return path.join(proxyFolder(this.#host, this.spec), "proxy.log");
  }
}

function proxyFolder({ folder }: PodHost, { name }: PodSpec): string {
  return path.join(folder, name, "proxy");
}

/** Returns the pod's labels and the ones that the injector adds. */
function labelsOf({ labels, proxy = "sidecar" }: PodSpec, { kubeNetwork }: PodHost): Readonly<Record<string, string>> {
  return {
    ...labels,
    ...(proxy === "sidecar" && { "security.istio.io/tlsMode": "istio" }),
    ...(kubeNetwork !== undefined && { "topology.istio.io/network": kubeNetwork }),
  };
}

/** The address and namespace that a pod keeps while its programs restart. */
interface Place {
  readonly address: string;
  readonly networkNamespace: Namespace;
}

/** Starts a pod and waits until its programs are ready. */
export async function startPod(host: PodHost, spec: PodSpec): Promise<Pod> {
  const { address, namespace: networkNamespace } = await host.network.addPod(host.cluster, spec.name);
  const place = { address, networkNamespace };
  const { name, namespace, proxy = "sidecar", httpPorts = [], grpcPorts = [], tcpPorts = [] } = spec;
  const ports = [...httpPorts, ...grpcPorts, ...tcpPorts, ...(spec.https?.ports ?? [])];
  const serviceAccount = accountOf(spec);
  const facts = { name, namespace, labels: labelsOf(spec, host), serviceAccount, node: host.cluster, address, ports };
  await applyServiceAccount(host.client, namespace, serviceAccount);
  // istiod must know a pod before its proxy connects, and announces it only once it is ready
  await applyPod(host.client, facts, { isReady: proxy === "none" });
  if (proxy === "sidecar") await redirectTraffic(networkNamespace, host.parts);
  const app = await startPrograms(host, spec, place);
  await setPodStatus(host.client, facts, { address, isReady: true });
  return new Pod(host, spec, place, app);
}

function accountOf({ name, serviceAccount = name }: PodSpec): string {
  return serviceAccount;
}

/** Starts the program and the proxy of a pod, and waits until both are ready. */
async function startPrograms(host: PodHost, spec: PodSpec, { address, networkNamespace }: Place): Promise<App> {
  const { cluster } = host;
  const { name, namespace, proxy = "sidecar", httpPorts = [], grpcPorts = [], tcpPorts = [] } = spec;
  await rm(path.join(host.folder, name), { recursive: true, force: true });
  const app = await startApp({
    bundle: host.bundle,
    folder: path.join(host.folder, name),
    control: path.join(host.sockets, `${cluster}-${name}`),
    namespace: networkNamespace,
    guard: host.guard,
    ...(proxy === "sidecar" && { resolver: RESOLVER }),
    settings: {
      pod: name,
      namespace,
      cluster,
      labels: spec.labels,
      httpPorts,
      grpcPorts,
      tcpPorts,
      ...(spec.https && { https: spec.https }),
    },
  });
  if (proxy === "none") return app;
  const options = await proxyOptions(host, spec, { address, networkNamespace });
  await startProxy(options);
  await waitForProxy(app, options);
  return app;
}

async function proxyOptions(host: PodHost, spec: PodSpec, place: Place): Promise<ProxyOptions> {
  const { cluster, client, kubeNetwork, network } = host;
  const { proxy = "sidecar" } = spec;
  return {
    kind: proxy === "sidecar" ? "sidecar" : "router",
    pod: spec.name,
    kubeNamespace: spec.namespace,
    serviceAccount: accountOf(spec),
    labels: labelsOf(spec, host),
    cluster,
    trustDomain: host.trustDomain,
    ...(kubeNetwork !== undefined && { network: kubeNetwork }),
    isOwnNetworkOnly: proxy === "east-west-gateway",
    address: place.address,
    node: cluster,
    istiod: network.cluster(cluster).nodeAddress,
    token: await makeToken(client, spec.namespace, accountOf(spec)),
    namespace: place.networkNamespace,
    folder: proxyFolder(host, spec),
    root: host.root,
    parts: host.parts,
    guard: host.guard,
  };
}
