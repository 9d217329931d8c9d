import * as pulumi from "@pulumi/pulumi";
import type { ResourceRef } from "../args/reference.js";
import type { TrimProxyConfigPolicyArgs } from "../args/trim-proxy-config-policy.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * The destinations that the sidecars of some workloads know, to keep their configuration small.
 *
 * Unlike other policies it is listed nowhere: it selects its workloads itself. Renders an Istio `Sidecar` in each of
 * their clusters. These sidecars know only what is included: other hosts of virtual destinations don't resolve there,
 * and requests to anything else leave the mesh in plaintext, or fail where Istio's `outboundTrafficPolicy` is
 * `REGISTRY_ONLY`. Somebody else's `Sidecar` for the same workloads conflicts with it, and Istio uses the older one.
 * Raises MW01xx for malformed arguments, MW0625 for a second policy for the same workloads, MW0626 for one that would
 * cover the whole mesh, and MW0601 or MW0630 for workloads of another team; warns with MW0627 about destinations that
 * the workloads would not know anyway and with MW0628 about clusters without sidecars. Follows `TrimProxyConfigPolicy`
 * of Gloo Platform v2.
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
