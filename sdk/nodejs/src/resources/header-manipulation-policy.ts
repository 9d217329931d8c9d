import * as pulumi from "@pulumi/pulumi";
import type { HeaderManipulationPolicyArgs } from "../args/header-manipulation-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Which headers of requests and answers of some routes change.
 *
 * List it in the `policies` of a route, a RouteTable or a VirtualGateway; the nearest one counts as a whole. It renders nothing by itself and
 * belongs to no fleet, so that several tables and stacks may share it. Raises MW01xx for malformed arguments and MW04xx for what can't be
 * changed. Follows `HeaderManipulationPolicy` of Gloo Platform v2.
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
