/** Upstream Envoy as the proxy of gateways, with a plain bootstrap. */
import { answersOk } from "../cluster/http-check.js";
import type { Guard } from "../processes/guard.js";
import type { ProcessId } from "../processes/process.js";
import { startEnvoy } from "./envoy-process.js";

export interface EnvoyOptions {
  readonly binary: string;
  readonly folder: string;
  readonly cluster: string;
  /** Its name among the proxies of its namespace. Default: `gateway-1`. */
  readonly name?: string;
  /** Its type for istiod. Default: a gateway. */
  readonly kind?: "router" | "sidecar";
  /** Namespace and labels by which gateways select this proxy. */
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly xdsPort: number;
  readonly guard: Guard;
  readonly record: (state: ProcessId) => void;
}

/** Starts Envoy and waits until it answers on the returned admin port; istiod configures its other listeners. */
export async function runEnvoy(options: EnvoyOptions): Promise<number> {
  return startEnvoy({
    ...options,
    bootstrap: (adminPort) => bootstrap(options, adminPort),
    log: "error",
    // it becomes live only once istiod has configured it
    isReady: (adminPort) => answersOk(`http://127.0.0.1:${adminPort}/server_info`),
  });
}

function bootstrap(options: EnvoyOptions, adminPort: number): object {
  const { name = "gateway-1", kind = "router", namespace, labels, cluster, xdsPort } = options;
  const ads = { ads: {}, resource_api_version: "V3" };
  const address = (port: number) => ({ socket_address: { address: "127.0.0.1", port_value: port } });
  return {
    node: {
      id: `${kind}~127.0.0.1~${name}.${namespace}~${namespace}.svc.cluster.local`,
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
