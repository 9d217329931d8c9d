import * as pulumi from "@pulumi/pulumi";
import type { FaultInjectionPolicyArgs } from "../args/fault-injection-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Injects delays and aborts into requests of some routes before they are forwarded, to test how callers handle slow or
 * failing responses.
 *
 * List it in the `policies` of a route, a RouteTable or a VirtualGateway; the most specific one takes precedence as a
 * whole. Renders nothing on its own and belongs to no fleet, so several tables and stacks can share it. Raises MW01xx
 * for malformed arguments. Follows `FaultInjectionPolicy` of Gloo Platform v2.
 */
export class FaultInjectionPolicy extends pulumi.ComponentResource {
  /** Plain descriptor of the policy, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: FaultInjectionPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:FaultInjectionPolicy", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "FaultInjectionPolicy", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
