import * as pulumi from "@pulumi/pulumi";
import type { OutlierDetectionPolicyArgs } from "../args/outlier-detection-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * When callers of a destination leave out endpoints that fail.
 *
 * List it in the `policies` of a VirtualDestination. By itself it also makes callers prefer near endpoints, those of their own sub-zone, zone
 * and region: further ones are for when near ones fail, and a FailoverPolicy says otherwise. It renders nothing by itself and belongs to no
 * fleet, so that several destinations and stacks may share it. Raises MW01xx for malformed arguments and MW04xx for limits without effect.
 * Follows `OutlierDetectionPolicy` of Gloo Platform v2.
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
