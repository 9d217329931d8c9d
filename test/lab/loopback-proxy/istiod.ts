/** istiod without its CA: everything is plaintext on loopback. */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { answersOk } from "../cluster/http-check.js";
import type { Guard } from "../processes/guard.js";
import { launch, type ProcessId } from "../processes/process.js";
import { runServer, type ServerState } from "../processes/server.js";

export interface IstiodOptions {
  readonly binary: string;
  /** Its own folder: istiod looks for files at relative paths. */
  readonly folder: string;
  readonly cluster: string;
  readonly kubeconfig: string;
  /** A folder of files with Istio objects, read instead of the API server's. Default: none. */
  readonly configFolder?: string;
  readonly guard: Guard;
  readonly record: (state: ProcessId) => void;
}

export interface Istiod {
  /** Port that proxies get their configuration from. */
  readonly xdsPort: number;
  /** Port of `/debug`. */
  readonly debugPort: number;
}

const ENVIRONMENT = {
  POD_NAMESPACE: "istio-system",
  POD_NAME: "istiod-1",
  REVISION: "default",
  // upstream Envoy lacks Istio's own filters
  PILOT_ENABLE_METADATA_EXCHANGE: "false",
  PILOT_ENABLE_ALPN_FILTER: "false",
  ENABLE_CA_SERVER: "false",
  PILOT_CERT_PROVIDER: "none",
  INJECT_ENABLED: "false",
  VALIDATION_WEBHOOK_CONFIG_NAME: "",
  INJECTION_WEBHOOK_CONFIG_NAME: "",
  // no other changes arrive while a test waits for one
  PILOT_DEBOUNCE_AFTER: "20ms",
};

// otherwise clusters wait forever for certificates
const MESH_CONFIG = "enableAutoMtls: false\n";

/** Starts istiod against one API server, and waits until it is ready. */
export async function runIstiod(options: IstiodOptions): Promise<Istiod> {
  const { folder, cluster, kubeconfig, guard } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const meshConfig = path.join(folder, "mesh.yaml");
  await writeFile(meshConfig, MESH_CONFIG);
  let ports: readonly number[] = [];
  await runServer({
    name: "istiod",
    known: undefined,
    fixedPorts: false,
    portCount: 3,
    record: (state: ServerState) => {
      ports = state.ports;
      options.record(state);
    },
    launch: ([xds = 0, http = 0, debug = 0]) =>
      launch({
        command: options.binary,
        marker: meshConfig,
        logFile: path.join(folder, "istiod.log"),
        guard,
        cwd: folder,
        env: ENVIRONMENT,
        args: [
          "discovery",
          ...["--kubeconfig", kubeconfig, "--clusterID", cluster, "--domain", "cluster.local"],
          ...["--meshConfig", meshConfig],
          ...(options.configFolder === undefined ? [] : ["--configDir", options.configFolder]),
          ...["--grpcAddr", `127.0.0.1:${xds}`, "--secureGRPCAddr", ""],
          ...["--httpAddr", `127.0.0.1:${http}`, "--httpsAddr", ""],
          ...["--monitoringAddr", `127.0.0.1:${debug}`, "--ctrlz_port", "0"],
        ],
      }),
    isReady: ([, http]) => answersOk(`http://127.0.0.1:${http}/ready`),
  });
  const [xdsPort = 0, , debugPort = 0] = ports;
  return { xdsPort, debugPort };
}
