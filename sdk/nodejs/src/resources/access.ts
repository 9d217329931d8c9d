import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** Access to one cluster, as given in a fleet's arguments. */
export interface Access {
  readonly name: string;
  readonly context?: pulumi.Input<string>;
  readonly kubeconfig?: pulumi.Input<string>;
  readonly provider?: k8s.Provider;
  readonly clusterIdentifier?: pulumi.Input<string>;
  readonly formerNames?: readonly string[];
}
