/** Concise builders for the objects in attempts. */
import type { Tried } from "./guarded-cluster.js";

type Spec = { readonly [field: string]: unknown };
type Meta = Pick<Tried["metadata"], "labels" | "annotations">;
type Make = (namespace: string, spec: Spec, more?: Meta) => Tried;

let made = 0;

function maker(apiVersion: string, kind: string, defaults: Spec = {}): Make {
  return (namespace, spec, more = {}) => {
    made += 1;
    const metadata = { name: `attempt-${made}`, namespace, ...more };
    return { apiVersion, kind, metadata, spec: { ...defaults, ...spec } };
  };
}

const PORTS = [{ number: 80, name: "http", protocol: "HTTP" }];

/** Returns a route to a host. */
export const to = (host: string): Spec => ({ route: [{ destination: { host, port: { number: 80 } } }] });

const TO_OWN = { http: [to("frontend")] };

export const virtualService = maker("networking.istio.io/v1", "VirtualService", TO_OWN);
/** Returns a VirtualService in an API version that policies don't name. */
export const olderVirtualService = maker("networking.istio.io/v1beta1", "VirtualService", TO_OWN);
export const serviceEntry = maker("networking.istio.io/v1", "ServiceEntry", {
  exportTo: ["."],
  ports: PORTS,
  resolution: "DNS",
});
export const destinationRule = maker("networking.istio.io/v1", "DestinationRule", { exportTo: ["."] });
export const workloadEntry = maker("networking.istio.io/v1", "WorkloadEntry");
export const gateway = maker("networking.istio.io/v1", "Gateway", {
  servers: [{ port: { number: 80, name: "http", protocol: "HTTP" }, hosts: ["*"] }],
});
export const envoyFilter = maker("networking.istio.io/v1alpha3", "EnvoyFilter");
export const sidecar = maker("networking.istio.io/v1", "Sidecar", { egress: [{ hosts: ["./*"] }] });
export const proxyConfig = maker("networking.istio.io/v1beta1", "ProxyConfig", { concurrency: 1 });
export const wasmPlugin = maker("extensions.istio.io/v1alpha1", "WasmPlugin", {
  url: "oci://registry.example.com/none",
});
export const trafficExtension = maker("extensions.istio.io/v1alpha1", "TrafficExtension", {
  wasm: { url: "oci://registry.example.com/none" },
});
/** Returns an object of a kind in Istio's group that the test declares. */
export const unknownKind = maker("extensions.istio.io/v1alpha1", "ProxyScript");
export const workloadGroup = maker("networking.istio.io/v1", "WorkloadGroup");
export const telemetry = maker("telemetry.istio.io/v1", "Telemetry");
export const authorizationPolicy = maker("security.istio.io/v1", "AuthorizationPolicy");
export const requestAuthentication = maker("security.istio.io/v1", "RequestAuthentication");
export const peerAuthentication = maker("security.istio.io/v1", "PeerAuthentication");
export const apiGateway = maker("gateway.networking.k8s.io/v1", "Gateway", {
  gatewayClassName: "istio",
  listeners: [{ name: "http", port: 80, protocol: "HTTP" }],
});
