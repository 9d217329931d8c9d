import * as pulumi from "@pulumi/pulumi";
import type { HeaderManipulationPolicyArgs } from "../args/header-manipulation-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Changes headers of requests and responses of some routes.
 *
 * List it in the `policies` of a route, a RouteTable or a VirtualGateway; the most specific one takes precedence as a
 * whole. Renders nothing on its own and belongs to no fleet, so several tables and stacks can share it. Raises MW01xx
 * for malformed arguments and MW04xx for headers that can't be changed. Follows `HeaderManipulationPolicy` of Gloo
 * Platform v2.
 */
export class HeaderManipulationPolicy extends pulumi.ComponentResource {
  /** Plain descriptor of the policy, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: HeaderManipulationPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:HeaderManipulationPolicy", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "HeaderManipulationPolicy", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
