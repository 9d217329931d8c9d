import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancerPolicyArgs } from "../args/load-balancer-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * The algorithm by which callers of a destination choose among its endpoints.
 *
 * List it in the `policies` of a VirtualDestination. On its own it does not make callers prefer near endpoints; where a
 * FailoverPolicy or an OutlierDetectionPolicy does, it chooses among the endpoints of the highest priority. Renders
 * nothing on its own and belongs to no fleet, so several destinations and stacks can share it. Raises MW01xx for
 * malformed arguments and MW04xx for settings without effect. Follows `LoadBalancerPolicy` of Gloo Platform v2.
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
