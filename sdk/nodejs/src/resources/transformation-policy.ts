import * as pulumi from "@pulumi/pulumi";
import type { ResourceRef } from "../args/reference.js";
import type { TransformationPolicyArgs } from "../args/transformation-policy.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Transforms requests and responses of some routes, by templates for headers and JSON bodies.
 *
 * List it in the `policies` of a route, a RouteTable or a VirtualGateway; the most specific one takes precedence as a
 * whole. Renders nothing on its own and belongs to no fleet, so several tables and stacks can share it. Istio has no
 * field for it, so the table also renders an `EnvoyFilter` that configures the gateway's proxies directly, as tried on
 * Envoy 1.40. Raises MW01xx for malformed arguments, MW0204 for regular expressions, MW0466 for templates that Envoy's
 * own filters can't express, MW0467 for capture groups that an expression does not have and MW0468 for headers that the
 * routing depends on. Follows `TransformationPolicy` of Gloo Platform v2.
 */
export class TransformationPolicy extends pulumi.ComponentResource {
  /** Plain descriptor of the policy, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: TransformationPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:TransformationPolicy", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "TransformationPolicy", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
