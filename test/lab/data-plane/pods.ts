/** Pods of a lab: a network namespace each, with a program that echoes and, where asked for, a real sidecar. */
import { rm } from "node:fs/promises";
import path from "node:path";
import type { KubeConfig } from "@kubernetes/client-node";
import type { DataPlaneParts } from "../parts/ensure.js";
import type { Guard } from "../processes/guard.js";
import { type App, startApp } from "./app/app.js";
import { applyPod, applyServiceAccount, deletePod, labelPod, makeToken, setPodStatus } from "./istio/objects.js";
import { type ProxyOptions, RESOLVER, startProxy, waitForProxy } from "./istio/proxy.js";
import type { Namespace } from "./network/namespaces.js";
import type { Network } from "./network/network.js";

/** What a pod is. */
export interface PodSpec {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Default: the pod's name. */
  readonly serviceAccount?: string;
  /** The proxy beside the program. Default `sidecar`. */
  readonly proxy?: "sidecar" | "gateway" | "east-west-gateway" | "none";
  readonly httpPorts?: readonly number[];
  readonly grpcPorts?: readonly number[];
  readonly tcpPorts?: readonly number[];
}

/** What pods of one cluster share. */
export interface PodHost {
  readonly cluster: string;
  readonly trustDomain: string;
  /** Name of the cluster's network, where there are several. */
  readonly kubeNetwork?: string;
  readonly client: KubeConfig;
  readonly network: Network;
  readonly parts: DataPlaneParts;
  readonly bundle: string;
  /** Folder for the files of pods. */
  readonly folder: string;
  /** Folder for sockets, whose paths must be short. */
  readonly sockets: string;
  /** Folder of the root of trust. */
  readonly root: string;
  readonly guard: Guard;
}

/** A pod that runs. */
export class Pod {
  readonly spec: PodSpec;
  readonly cluster: string;
  readonly address: string;
  readonly app: App;
  readonly networkNamespace: Namespace;
  readonly #host: PodHost;

  constructor(
    host: PodHost,
    spec: PodSpec,
    parts: { readonly address: string; readonly app: App; readonly networkNamespace: Namespace },
  ) {
    this.#host = host;
    this.spec = spec;
    this.cluster = host.cluster;
    this.address = parts.address;
    this.app = parts.app;
    this.networkNamespace = parts.networkNamespace;
  }

  /** Replaces labels, as `kubectl label` does; `null` takes one away. */
  async label(labels: Readonly<Record<string, string | null>>): Promise<void> {
    await labelPod(this.#host.client, this.spec, labels);
  }

  /** Says that the pod is ready, or not. */
  async setReady(isReady: boolean): Promise<void> {
    await setPodStatus(this.#host.client, this.spec, { address: this.address, isReady });
  }

  /** Ends what runs in the pod, as a power cut would; Kubernetes hears nothing of it. */
  async crash(): Promise<void> {
    await this.#host.network.removePod(this.networkNamespace);
  }

  /** Deletes the pod, then ends what runs in it. */
  async remove(): Promise<void> {
    await deletePod(this.#host.client, this.spec);
    await this.crash();
  }

  /** Text of the proxy's log, which holds its access log. */
  get proxyLogFile(): string {
    return path.join(proxyFolder(this.#host, this.spec), "proxy.log");
  }
}

function proxyFolder({ folder }: PodHost, { name }: PodSpec): string {
  return path.join(folder, name, "proxy");
}

/** Labels that a pod gets from the injector besides its own. */
function labelsOf({ labels, proxy = "sidecar" }: PodSpec, { kubeNetwork }: PodHost): Readonly<Record<string, string>> {
  return {
    ...labels,
    ...(proxy === "sidecar" && { "security.istio.io/tlsMode": "istio" }),
    ...(kubeNetwork !== undefined && { "topology.istio.io/network": kubeNetwork }),
  };
}

/** Starts a pod and waits until its programs are ready. */
export async function startPod(host: PodHost, spec: PodSpec): Promise<Pod> {
  const { cluster, network } = host;
  const { name, namespace, proxy = "sidecar", serviceAccount = name } = spec;
  const { httpPorts = [], grpcPorts = [], tcpPorts = [] } = spec;
  const labels = labelsOf(spec, host);
  const { address, namespace: networkNamespace } = await network.addPod(cluster, name);
  await rm(path.join(host.folder, name), { recursive: true, force: true });
  await applyServiceAccount(host.client, namespace, serviceAccount);
  const app = await startApp({
    bundle: host.bundle,
    folder: path.join(host.folder, name),
    control: path.join(host.sockets, `${cluster}-${name}`),
    namespace: networkNamespace,
    guard: host.guard,
    ...(proxy === "sidecar" && { resolver: RESOLVER }),
    settings: { pod: name, namespace, cluster, labels: spec.labels, httpPorts, grpcPorts, tcpPorts },
  });
  const ports = [...httpPorts, ...grpcPorts, ...tcpPorts];
  const pod = { name, namespace, labels, serviceAccount, node: cluster, address, ports };
  if (proxy === "none") await applyPod(host.client, pod);
  else {
    const options: ProxyOptions = {
      kind: proxy === "sidecar" ? "sidecar" : "router",
      pod: name,
      kubeNamespace: namespace,
      serviceAccount,
      labels,
      cluster,
      trustDomain: host.trustDomain,
      ...(host.kubeNetwork !== undefined && { network: host.kubeNetwork }),
      isOwnNetworkOnly: proxy === "east-west-gateway",
      address,
      node: cluster,
      istiod: network.cluster(cluster).nodeAddress,
      token: await makeToken(host.client, namespace, serviceAccount),
      namespace: networkNamespace,
      folder: proxyFolder(host, spec),
      root: host.root,
      parts: host.parts,
      guard: host.guard,
    };
    // istiod tells a proxy about itself only once it knows the pod, and others of the pod only once it is ready
    await applyPod(host.client, pod);
    await setPodStatus(host.client, pod, { address, isReady: false });
    await startProxy(options);
    await waitForProxy(app, options);
    await setPodStatus(host.client, pod, { address, isReady: true });
  }
  return new Pod(host, spec, { address, app, networkNamespace });
}
