import * as pulumi from "@pulumi/pulumi";
import type { OutlierDetectionPolicyArgs } from "../args/outlier-detection-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Conditions under which callers of a destination eject failing endpoints.
 *
 * List it in the `policies` of a VirtualDestination. It also makes callers prefer near endpoints, in their own
 * sub-zone, zone and region: farther ones are used when near ones fail, unless a FailoverPolicy says otherwise. Renders
 * nothing on its own and belongs to no fleet, so several destinations and stacks can share it. Raises MW01xx for
 * malformed arguments and MW04xx for limits without effect. Follows `OutlierDetectionPolicy` of Gloo Platform v2.
 */
export class OutlierDetectionPolicy extends pulumi.ComponentResource {
  /** Plain descriptor of the policy, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: OutlierDetectionPolicyArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:OutlierDetectionPolicy", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "OutlierDetectionPolicy", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
