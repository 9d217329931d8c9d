/** Proxies: pilot-agent with Envoy, as a sidecar behind Istio's redirect rules or as a gateway. */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { DataPlaneParts } from "../../parts/ensure.js";
import type { Guard } from "../../processes/guard.js";
import { poll } from "../../processes/poll.js";
import { launch } from "../../processes/process.js";
import type { App } from "../app/app.js";
import { commandIn, type Namespace, runIn } from "../network/namespaces.js";

/** The group of proxy processes, which the redirect rules exempt. */
const PROXY_GROUP = "1337";

/** The DNS address of pods; sidecars intercept the queries and answer them. */
export const RESOLVER = "10.96.0.10";

export interface ProxyOptions {
  readonly kind: "sidecar" | "router";
  readonly pod: string;
  readonly kubeNamespace: string;
  readonly serviceAccount: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly cluster: string;
  readonly trustDomain: string;
  /** Name of the network, if there are several. */
  readonly network?: string;
  /** Restricts the proxy to endpoints of its own network, as for an east-west gateway. */
  readonly isOwnNetworkOnly?: boolean;
  readonly address: string;
  readonly node: string;
  /** Address of istiod. */
  readonly istiod: string;
  readonly token: string;
  readonly namespace: Namespace;
  readonly folder: string;
  /** Folder of the root CA. */
  readonly root: string;
  readonly parts: DataPlaneParts;
  readonly guard: Guard;
}

const ISTIOD_HOST = "istiod.istio-system.svc";

/** Starts a proxy; `waitForProxy` waits until it is configured. */
export async function startProxy(options: ProxyOptions): Promise<void> {
  const { folder, namespace, parts, kind } = options;
  await rm(folder, { recursive: true, force: true });
  const secrets = path.join(folder, "var", "run", "secrets");
  await Promise.all(["istio", "tokens"].map((name) => mkdir(path.join(secrets, name), { recursive: true })));
  await writeFile(path.join(secrets, "tokens", "istio-token"), options.token);
  await writeFile(
    path.join(secrets, "istio", "root-cert.pem"),
    await readFile(path.join(options.root, "root-cert.pem")),
  );
  const hosts = path.join(folder, "hosts");
  await writeFile(hosts, `127.0.0.1 localhost\n${options.istiod} ${ISTIOD_HOST}\n`);
  const agent = ["proxy", kind, "--domain", `${options.kubeNamespace}.svc.cluster.local`];
  const script = 'mount --bind "$1" /etc/hosts && shift && exec setpriv --regid "$@"';
  const [command, ...args] = commandIn(namespace, "sh", [
    ...["-c", script, "proxy", hosts, PROXY_GROUP, "--clear-groups", parts.pilotAgent, ...agent],
    // puts the folder in the command line, where the lab looks for it
    ...["--meshConfig", path.join(folder, "mesh.yaml"), "--concurrency", "1"],
  ]);
  await launch({
    command,
    args,
    marker: folder,
    logFile: path.join(folder, "proxy.log"),
    cwd: folder,
    guard: options.guard,
    env: environment(options),
  });
}

function environment(options: ProxyOptions): Record<string, string> {
  const { cluster, folder, network, kind } = options;
  return {
    ISTIO_BOOTSTRAP: options.parts.bootstrap,
    POD_NAME: options.pod,
    POD_NAMESPACE: options.kubeNamespace,
    INSTANCE_IP: options.address,
    HOST_IP: options.address,
    SERVICE_ACCOUNT: options.serviceAccount,
    TRUST_DOMAIN: options.trustDomain,
    JWT_POLICY: "third-party-jwt",
    PILOT_CERT_PROVIDER: "istiod",
    CA_ADDR: `${ISTIOD_HOST}:15012`,
    ISTIO_META_CLUSTER_ID: cluster,
    ISTIO_META_NODE_NAME: options.node,
    ISTIO_META_WORKLOAD_NAME: options.pod,
    ISTIO_META_MESH_ID: "lab",
    ISTIO_METAJSON_LABELS: JSON.stringify(options.labels),
    ...(kind === "sidecar" && { ISTIO_META_DNS_CAPTURE: "true", ISTIO_META_INTERCEPTION_MODE: "REDIRECT" }),
    ...(network !== undefined && { ISTIO_META_NETWORK: network }),
    ...(network !== undefined && options.isOwnNetworkOnly && { ISTIO_META_REQUESTED_NETWORK_VIEW: network }),
    PROXY_CONFIG: JSON.stringify({
      binaryPath: options.parts.envoy,
      configPath: path.join(folder, "config"),
      discoveryAddress: `${ISTIOD_HOST}:15012`,
      // don't wait for connections that a test leaves open
      terminationDrainDuration: "1s",
      // Istio omits most statistics, and tests read some of them
      proxyStatsMatcher: { inclusionRegexps: [".*"] },
    }),
  };
}

/** Installs Istio's own rules: all traffic of a pod goes through its sidecar, including DNS queries. */
export async function redirectTraffic(namespace: Namespace, parts: DataPlaneParts): Promise<void> {
  await runIn(namespace, parts.pilotAgent, [
    ...["istio-iptables", "-p", "15001", "-z", "15006", "-u", PROXY_GROUP, "-g", PROXY_GROUP, "-m", "REDIRECT"],
    ...["-i", "*", "-b", "*", "-d", "15090,15021,15020", "--redirect-dns", "--capture-all-dns"],
  ]);
}

/** Waits until the proxy of a pod has its first configuration. */
export async function waitForProxy(app: App, { folder, pod }: Pick<ProxyOptions, "folder" | "pod">): Promise<void> {
  const isReady = async () => (await app.get("http://127.0.0.1:15021/healthz/ready")).status === 200;
  if (await poll(isReady, { timeoutMs: 120_000, everyMs: 100 })) return;
  const log = await readFile(path.join(folder, "proxy.log"), "utf8").catch(() => "");
  throw new Error(`the proxy of pod ${pod} is not ready\n${log.trimEnd().split("\n").slice(-20).join("\n")}`);
}
