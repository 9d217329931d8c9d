import * as pulumi from "@pulumi/pulumi";
import type { MirrorPolicyArgs } from "../args/mirror-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Copies requests of some routes to another destination, to try it with real requests. Callers get the answer of the original only.
 *
 * List it in the `policies` of a route, a RouteTable or a VirtualGateway; the nearest one counts as a whole. It renders nothing by itself and
 * belongs to no fleet, so that several tables and stacks may share it; its descriptor holds that of its destination. Raises MW01xx for
 * malformed arguments, and with whatever lists it MW045x and MW05xx for its destination. Follows `MirrorPolicy` of Gloo Platform v2.
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
