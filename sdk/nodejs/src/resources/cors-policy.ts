import * as pulumi from "@pulumi/pulumi";
import type { CORSPolicyArgs } from "../args/cors-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Which pages of other origins may use some routes from a browser (cross-origin resource sharing).
 *
 * List it in the `policies` of a route, a RouteTable or a VirtualGateway; the nearest one counts as a whole. It renders nothing by itself and
 * belongs to no fleet, so that several tables and stacks may share it. Raises MW01xx for malformed arguments. Follows `CORSPolicy` of Gloo Platform v2.
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
