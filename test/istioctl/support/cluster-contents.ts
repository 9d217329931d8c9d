/**
 * Other contents of a cluster that rendered objects refer to: namespaces, pods, Services, secrets and Istio's settings.
 */

type KubeConfig = import("@kubernetes/client-node", { with: { "resolution-mode": "import" }}).KubeConfig;

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** Pods of one application and their Service. */
export interface Workload {
  readonly namespace: string;
  readonly name: string;
  /** Labels of the pods, one set per pod; the Service selects by the first label of the first pod. */
  readonly pods: readonly Readonly<Record<string, string>>[];
  readonly ports: Readonly<Record<string, number>>;
}

/** Cluster contents that Meshway doesn't render. */
export interface Contents {
  readonly workloads: readonly Workload[];
  /** TLS secrets as `namespace/name`. */
  readonly secrets: readonly string[];
}

/** A certificate for *.example.com, valid until 2126; its private key was discarded. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBnDCCAUOgAwIBAgIUT9Yv5U6DTfN/KkJ/dRDC9uJwztAwCgYIKoZIzj0EAwIw
FjEUMBIGA1UEAwwLZXhhbXBsZS5jb20wIBcNMjYxMTI0MTMyNTQwWhgPMjEyNjEw
MzExMzI1NDBaMBYxFDASBgNVBAMMC2V4YW1wbGUuY29tMFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAEK0YHe45ZyJOMxup34dvzlRj3P1FiCx65DNtSWqXisYx49FwM
j6RiNIPYWxSVlK6bH3T9rb7RoOzoPrfyg195zKNtMGswHQYDVR0OBBYEFHF1oB0E
lqJJmJ48KKbp9KPv5dt6MB8GA1UdIwQYMBaAFHF1oB0ElqJJmJ48KKbp9KPv5dt6
MA8GA1UdEwEB/wQFMAMBAf8wGAYDVR0RBBEwD4INKi5leGFtcGxlLmNvbTAKBggq
hkjOPQQDAgNHADBEAiBUTjzNGuW8cfCSsS7bdj6gVeiwIvXtsWhOloQ2vFWyigIg
ZeaXnQl+inRmsWOQ29GGoC3mdgh0Yh439PcU56WVZrI=
-----END CERTIFICATE-----
`;

/**
 * Proxies answer DNS for the mesh's hosts, which have addresses of their own: otherwise no pod could resolve
 * `reviews.global`.
 */
const MESH_CONFIG = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "istio", namespace: "istio-system" },
  data: {
    mesh: `defaultConfig:
  proxyMetadata:
    ISTIO_META_DNS_CAPTURE: "true"
    PILOT_ENABLE_IP_AUTOALLOCATE: "true"
`,
  },
} as const;

const COLLECTIONS: Readonly<Record<string, string>> = {
  Service: "services",
  Pod: "pods",
  Secret: "secrets",
  ConfigMap: "configmaps",
};

/** Creates the cluster's contents, namespaces first. */
export async function applyContents(config: KubeConfig, contents: Contents): Promise<void> {
  const { applyObject } = await import("../../lab/cluster/kube-request.js");
  for (const each of manifestsOf(contents)) {
    const collection = COLLECTIONS[each.kind];
    const path = collection === undefined ? "namespaces" : `namespaces/${each.metadata.namespace}/${collection}`;
    await applyObject(config, `/api/v1/${path}`, each);
  }
}

function manifestsOf({ workloads, secrets }: Contents): Manifest[] {
  const namespaces = new Set([
    // every cluster has this namespace, and istioctl reads it
    "default",
    ...workloads.map(({ namespace }) => namespace),
    ...secrets.map((secret) => secret.split("/")[0] ?? ""),
    MESH_CONFIG.metadata.namespace,
  ]);
  return [
    ...[...namespaces].map((name) => ({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name, labels: { "istio-injection": "enabled" } },
    })),
    ...workloads.flatMap(workloadManifests),
    ...secrets.map(secretManifest),
    MESH_CONFIG,
  ];
}

function workloadManifests({ namespace, name, pods, ports }: Workload): Manifest[] {
  const selector = Object.fromEntries(Object.entries(pods[0] ?? {}).slice(0, 1));
  return [
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name, namespace },
      spec: {
        selector,
        ports: Object.entries(ports).map(([port, number]) => ({ name: port, port: number, protocol: "TCP" })),
      },
    },
    ...pods.map((labels, index) => ({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: `${name}-${index}`, namespace, labels },
      spec: {
        containers: [
          { name: "app", image: "app" },
          { name: "istio-proxy", image: "proxyv2:1.31.0" },
        ],
      },
    })),
  ];
}

function secretManifest(secret: string): Manifest {
  const [namespace, name] = secret.split("/");
  const encoded = (text: string): string => Buffer.from(text).toString("base64");
  return {
    apiVersion: "v1",
    kind: "Secret",
    type: "kubernetes.io/tls",
    metadata: { name: name ?? "", namespace: namespace ?? "" },
    data: { "tls.crt": encoded(CERTIFICATE), "tls.key": encoded("only istiod would read it") },
  };
}
