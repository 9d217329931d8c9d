import * as pulumi from "@pulumi/pulumi";
import type { FaultInjectionPolicyArgs } from "../args/fault-injection-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Faults that requests of some routes meet before they are forwarded: to see what callers make of slow or failing answers.
 *
 * List it in the `policies` of a route, a RouteTable or a VirtualGateway; the nearest one counts as a whole. It renders nothing by itself and
 * belongs to no fleet, so that several tables and stacks may share it. Raises MW01xx for malformed arguments. Follows `FaultInjectionPolicy`
 * of Gloo Platform v2.
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
