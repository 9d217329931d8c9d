type KubeConfig = import("@kubernetes/client-node", { with: { "resolution-mode": "import" }}).KubeConfig;

/**
 * Returns an empty client configuration.
 *
 * The build bundles the imports of this file, because loading the Kubernetes client file by file takes half a second.
 */
export async function newKubeConfig(): Promise<KubeConfig> {
  const { KubeConfig } = await import("@kubernetes/client-node/dist/config.js");
  return new KubeConfig();
}
