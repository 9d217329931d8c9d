import * as pulumi from "@pulumi/pulumi";
import type { MirrorPolicyArgs } from "../args/mirror-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Mirrors requests of some routes to another destination, to test it with real traffic. Callers only get the original's
 * response.
 *
 * List it in the `policies` of a route, a RouteTable or a VirtualGateway; the most specific one takes precedence as a
 * whole. Renders nothing on its own and belongs to no fleet, so several tables and stacks can share it; its descriptor
 * embeds the descriptor of its destination. Raises MW01xx for malformed arguments; the resource that lists it raises
 * MW045x and MW05xx for the destination. Follows `MirrorPolicy` of Gloo Platform v2.
 */
export class MirrorPolicy extends pulumi.ComponentResource {
  /** Plain descriptor of the policy, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: MirrorPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:MirrorPolicy", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "MirrorPolicy", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
