/**
 * The only place where `args/` touches Pulumi's types.
 *
 * `Input` marks a leaf whose value may be an Output of another resource; everything else is plain, so that every
 * preview knows which objects exist.
 */
export type { Provider as KubernetesProvider } from "@pulumi/kubernetes";
export type { Input } from "@pulumi/pulumi";
