/** Upstream Envoy as the proxy of gateways, with a plain bootstrap. */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { answersOk } from "../cluster/http-check.js";
import type { Guard } from "../processes/guard.js";
import { launch, type ProcessId } from "../processes/process.js";
import { runServer } from "../processes/server.js";

export interface EnvoyOptions {
  readonly binary: string;
  readonly folder: string;
  readonly cluster: string;
  /** Namespace and labels by which gateways choose this proxy. */
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly xdsPort: number;
  readonly guard: Guard;
  readonly record: (state: ProcessId) => void;
}

/** Makes Envoy run, and waits until it answers at the admin port that is returned; what it listens on else, istiod tells it. */
export async function runEnvoy(options: EnvoyOptions): Promise<number> {
  const { folder } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const config = path.join(folder, "bootstrap.json");
  let adminPort = 0;
  await runServer({
    name: "Envoy",
    known: undefined,
    fixedPorts: false,
    portCount: 1,
    record: (state) => {
      adminPort = state.ports[0] ?? 0;
      options.record(state);
    },
    launch: async ([admin = 0]) => {
      await writeFile(config, JSON.stringify(bootstrap(options, admin), null, 2));
      return launch({
        command: options.binary,
        marker: config,
        logFile: path.join(folder, "envoy.log"),
        guard: options.guard,
        cwd: folder,
        // one worker: what it answered once, it answers from then on
        args: ["--config-path", config, "--concurrency", "1", "--disable-hot-restart", "--log-level", "error"],
      });
    },
    // it is live only once istiod has told it what to do
    isReady: ([admin]) => answersOk(`http://127.0.0.1:${admin}/server_info`),
  });
  return adminPort;
}

function bootstrap({ namespace, labels, cluster, xdsPort }: EnvoyOptions, adminPort: number): object {
  const ads = { ads: {}, resource_api_version: "V3" };
  const address = (port: number) => ({ socket_address: { address: "127.0.0.1", port_value: port } });
  return {
    node: {
      id: `router~127.0.0.1~gateway-1.${namespace}~${namespace}.svc.cluster.local`,
      cluster: `gateway.${namespace}`,
      metadata: { LABELS: labels, NAMESPACE: namespace, CLUSTER_ID: cluster, ISTIO_VERSION: "1.31.0" },
    },
    dynamic_resources: {
      ads_config: {
        api_type: "GRPC",
        transport_api_version: "V3",
        grpc_services: [{ envoy_grpc: { cluster_name: "xds-grpc" } }],
      },
      lds_config: ads,
      cds_config: ads,
    },
    static_resources: {
      clusters: [
        {
          name: "xds-grpc",
          type: "STATIC",
          connect_timeout: "1s",
          typed_extension_protocol_options: {
            "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
              "@type": "type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
              explicit_http_config: { http2_protocol_options: {} },
            },
          },
          load_assignment: {
            cluster_name: "xds-grpc",
            endpoints: [{ lb_endpoints: [{ endpoint: { address: address(xdsPort) } }] }],
          },
        },
      ],
    },
    admin: { address: address(adminPort) },
  };
}
