import * as pulumi from "@pulumi/pulumi";
import type { ResourceRef } from "../args/reference.js";
import type { TrimProxyConfigPolicyArgs } from "../args/trim-proxy-config-policy.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * The destinations that the sidecars of some workloads know, so that their configuration stays small.
 *
 * Unlike other policies it is listed nowhere: it names its workloads itself. Renders an Istio `Sidecar` in each of their clusters. What is not
 * included is unknown to these sidecars: hosts of virtual destinations have no address there, and requests to anything else leave the mesh in
 * plaintext, or fail where Istio's `outboundTrafficPolicy` is `REGISTRY_ONLY`. A `Sidecar` of someone else for the same workloads
 * contradicts it, and Istio takes the older one. Raises MW01xx for malformed arguments, MW0625 for a second policy for the same workloads and
 * MW0626 for one that would be for the whole mesh, and MW0601 or MW0630 for workloads of another team; warns with MW0627 of destinations that the workloads would not know anyway and with MW0628 of clusters without sidecars. Follows
 * `TrimProxyConfigPolicy` of Gloo Platform v2.
 */
export class TrimProxyConfigPolicy extends pulumi.ComponentResource {
  /** Plain descriptor of the policy, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: TrimProxyConfigPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:TrimProxyConfigPolicy", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "TrimProxyConfigPolicy", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
