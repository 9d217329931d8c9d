import * as pulumi from "@pulumi/pulumi";
import type { CORSPolicyArgs } from "../args/cors-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Lets browser pages of other origins use some routes (cross-origin resource sharing).
 *
 * List it in the `policies` of a route, a RouteTable or a VirtualGateway; the most specific one takes precedence as a
 * whole. Renders nothing on its own and belongs to no fleet, so several tables and stacks can share it. Raises MW01xx
 * for malformed arguments. Follows `CORSPolicy` of Gloo Platform v2.
 */
export class CORSPolicy extends pulumi.ComponentResource {
  /** Plain descriptor of the policy, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: CORSPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:CORSPolicy", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "CORSPolicy", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
