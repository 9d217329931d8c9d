import * as pulumi from "@pulumi/pulumi";
import type { FailoverPolicyArgs } from "../args/failover-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * The endpoints of a destination that callers prefer, and the ones that they fail over to.
 *
 * List it in the `policies` of a VirtualDestination, together with an OutlierDetectionPolicy. Renders nothing on its
 * own and belongs to no fleet, so several destinations and stacks can share it. Raises MW01xx for malformed arguments
 * and MW04xx for mappings that Istio would reject or ignore. Follows `FailoverPolicy` of Gloo Platform v2.
 */
export class FailoverPolicy extends pulumi.ComponentResource {
  /** Plain descriptor of the policy, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: FailoverPolicyArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:FailoverPolicy", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "FailoverPolicy", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
