type KubeConfig = import("@kubernetes/client-node", { with: { "resolution-mode": "import" }}).KubeConfig;

/**
 * An empty configuration of how to reach a cluster.
 *
 * The build puts what this file imports into it, since loading the client of Kubernetes file by file takes half a second.
 */
export async function newKubeConfig(): Promise<KubeConfig> {
  const { KubeConfig } = await import("@kubernetes/client-node/dist/config.js");
  return new KubeConfig();
}
