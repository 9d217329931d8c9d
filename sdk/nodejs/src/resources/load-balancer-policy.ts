import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancerPolicyArgs } from "../args/load-balancer-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * How callers of a destination choose among its endpoints.
 *
 * List it in the `policies` of a VirtualDestination. By itself it does not make callers prefer near endpoints; where a FailoverPolicy or an
 * OutlierDetectionPolicy does, it chooses among those that come first. It renders nothing by itself and belongs to no fleet, so that several
 * destinations and stacks may share it. Raises MW01xx for malformed arguments and MW04xx for choices without effect. Follows
 * `LoadBalancerPolicy` of Gloo Platform v2.
 */
export class LoadBalancerPolicy extends pulumi.ComponentResource {
  /** Plain descriptor of the policy, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: LoadBalancerPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:LoadBalancerPolicy", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "LoadBalancerPolicy", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
