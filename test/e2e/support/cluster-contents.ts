/** What else is in a cluster: namespaces, pods, Services and secrets that rendered objects refer to, as manifests. */

/** Pods of one kind with their Service. */
export interface Workload {
  readonly namespace: string;
  readonly name: string;
  /** Labels of the pods, one set for each of them; the Service selects by the first label of the first. */
  readonly pods: readonly Readonly<Record<string, string>>[];
  readonly ports: Readonly<Record<string, number>>;
}

/** What somebody else put into a cluster. */
export interface Contents {
  readonly workloads: readonly Workload[];
  /** TLS secrets as `namespace/name`. */
  readonly secrets: readonly string[];
}

/** A certificate for *.example.com, valid until 2126; nobody has its key. */
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

/** The manifests of a cluster's contents, with a namespace for everything that is in one. */
export function manifestsOf({ workloads, secrets }: Contents): object[] {
  const namespaces = new Set([
    ...workloads.map(({ namespace }) => namespace),
    ...secrets.map((secret) => secret.split("/")[0] ?? ""),
  ]);
  return [
    ...[...namespaces].map((name) => ({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name, labels: { "istio-injection": "enabled" } },
    })),
    ...workloads.flatMap(workloadManifests),
    ...secrets.map(secretManifest),
  ];
}

function workloadManifests({ namespace, name, pods, ports }: Workload): object[] {
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

function secretManifest(secret: string): object {
  const [namespace, name] = secret.split("/");
  const encoded = (text: string): string => Buffer.from(text).toString("base64");
  return {
    apiVersion: "v1",
    kind: "Secret",
    type: "kubernetes.io/tls",
    metadata: { name, namespace },
    data: { "tls.crt": encoded(CERTIFICATE), "tls.key": encoded("only istiod would read it") },
  };
}
