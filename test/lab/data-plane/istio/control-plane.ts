/** The control plane of a cluster: an istiod with its own trust domain, and the controllers of Kubernetes. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { stringify } from "yaml";
import type { DataPlaneParts } from "../../parts/ensure.js";
import type { Guard } from "../../processes/guard.js";
import { poll } from "../../processes/poll.js";
import { type Launched, launch } from "../../processes/process.js";
import { commandIn, type Namespace, runIn } from "../network/namespaces.js";
import { makeClusterAuthority } from "./certificates.js";

export interface ControlPlaneOptions {
  readonly cluster: string;
  readonly trustDomain: string;
  /** Trust domains of all clusters, which proxies accept as aliases of their own. */
  readonly trustDomains: readonly string[];
  readonly parts: DataPlaneParts;
  /** Namespace of the cluster's node. */
  readonly node: Namespace;
  /** Folder of this control plane. */
  readonly folder: string;
  /** Folder of the root CA. */
  readonly root: string;
  /** File with only the cluster's context. */
  readonly kubeconfig: string;
  readonly guard: Guard;
}

const MONITORING_PORT = 15014;
const HTTP_PORT = 15017;
const READY_MS = 120_000;

/** The controllers that a cluster here needs: none for nodes and clouds. */
const CONTROLLERS: readonly string[] = [
  "endpointslice-controller",
  "namespace-controller",
  "serviceaccount-controller",
  "garbage-collector-controller",
];

/** Starts both and waits until istiod is ready. */
export async function startControlPlane(options: ControlPlaneOptions): Promise<void> {
  const { folder, root, cluster, node } = options;
  await rm(folder, { recursive: true, force: true });
  // istiod looks for the certificates at this path relative to its working directory
  await makeClusterAuthority(root, path.join(folder, "etc", "cacerts"), cluster);
  await writeFile(path.join(folder, "mesh.yaml"), stringify(meshConfig(options)));
  const [istiod, controllers] = await Promise.all([launchIstiod(options), launchControllers(options)]);
  await waitFor("istiod", istiod, () => answers(node, `http://127.0.0.1:${HTTP_PORT}/ready`));
  if (controllers.hasExited()) throw new Error(`kube-controller-manager of ${cluster} ended\n${tail(controllers)}`);
}

async function waitFor(name: string, launched: Launched, isReady: () => Promise<boolean>): Promise<void> {
  const ready = await poll(async () => launched.hasExited() || isReady(), { timeoutMs: READY_MS, everyMs: 500 });
  if (!ready || launched.hasExited()) throw new Error(`${name} is not ready\n${tail(launched)}`);
}

function tail(launched: Launched): string {
  return launched.log().trimEnd().split("\n").slice(-15).join("\n");
}

/** Returns true if a GET from a namespace returns 200. */
async function answers(namespace: Namespace, url: string): Promise<boolean> {
  const exit = "({ status }) => process.exit(status === 200 ? 0 : 1), () => process.exit(1)";
  const script = `fetch(${JSON.stringify(url)}).then(${exit})`;
  return runIn(namespace, process.execPath, ["-e", script]).then(
    () => true,
    () => false,
  );
}

function meshConfig({ trustDomain, trustDomains }: ControlPlaneOptions): object {
  return {
    trustDomain,
    trustDomainAliases: trustDomains.filter((other) => other !== trustDomain),
    accessLogFile: "/dev/stdout",
    accessLogFormat:
      "access %REQ(:AUTHORITY)% %REQUESTED_SERVER_NAME% %RESPONSE_CODE% %RESPONSE_FLAGS% " +
      "%UPSTREAM_HOST% %BYTES_SENT%\n",
  };
}

async function launchIstiod(options: ControlPlaneOptions): Promise<Launched> {
  const { cluster, folder, kubeconfig, node, parts, guard } = options;
  const [command, ...args] = commandIn(node, parts.istiod, [
    ...["discovery", "--kubeconfig", kubeconfig, "--clusterID", cluster, "--domain", "cluster.local"],
    ...["--meshConfig", path.join(folder, "mesh.yaml"), "--httpAddr", `127.0.0.1:${HTTP_PORT}`, "--httpsAddr", ""],
    ...["--grpcAddr", "127.0.0.1:15010", "--secureGRPCAddr", ":15012"],
    ...["--monitoringAddr", `127.0.0.1:${MONITORING_PORT}`, "--ctrlz_port", "0"],
  ]);
  return launch({
    command,
    args,
    marker: folder,
    logFile: path.join(folder, "istiod.log"),
    cwd: folder,
    guard,
    env: {
      POD_NAMESPACE: "istio-system",
      POD_NAME: `istiod-${cluster}`,
      CLUSTER_ID: cluster,
      REVISION: "default",
      INJECT_ENABLED: "false",
      VALIDATION_WEBHOOK_CONFIG_NAME: "",
      INJECTION_WEBHOOK_CONFIG_NAME: "",
      TOKEN_AUDIENCES: "istio-ca,kubernetes.default.svc",
      // upstream Envoy lacks Istio's own filters
      PILOT_ENABLE_METADATA_EXCHANGE: "false",
      PILOT_ENABLE_ALPN_FILTER: "false",
      // changes made by tests should reach proxies quickly
      PILOT_DEBOUNCE_AFTER: "20ms",
      PILOT_DEBOUNCE_MAX: "200ms",
    },
  });
}

async function launchControllers(options: ControlPlaneOptions): Promise<Launched> {
  const { folder, kubeconfig, node, parts, guard } = options;
  const certificates = path.join(folder, "controller-manager");
  await mkdir(certificates, { recursive: true });
  const [command, ...args] = commandIn(node, parts.kubeControllerManager, [
    ...["kubeconfig", "authentication-kubeconfig", "authorization-kubeconfig"].map((flag) => `--${flag}=${kubeconfig}`),
    `--controllers=${CONTROLLERS.join()}`,
    "--leader-elect=false",
    "--bind-address=127.0.0.1",
    `--cert-dir=${certificates}`,
  ]);
  return launch({ command, args, marker: folder, logFile: path.join(folder, "controllers.log"), guard });
}
