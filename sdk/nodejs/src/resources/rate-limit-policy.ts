import * as pulumi from "@pulumi/pulumi";
import type { RateLimitPolicyArgs } from "../args/rate-limit-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Limits the request rate of some routes, counted by each proxy or by one server for all proxies.
 *
 * List it in the `policies` of a route, a RouteTable or a VirtualGateway; the most specific one takes precedence as a
 * whole. Renders nothing on its own and belongs to no fleet, so several tables and stacks can share it. Istio has no
 * field for it, so the table also renders an `EnvoyFilter` that configures the gateway's proxies directly, as tried on
 * Envoy 1.40. Raises MW01xx for malformed arguments; the resource that lists it raises MW045x and MW05xx for the
 * server. Follows `RateLimitPolicy` of Gloo Platform v2.
 */
export class RateLimitPolicy extends pulumi.ComponentResource {
  /** Plain descriptor of the policy, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: RateLimitPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:RateLimitPolicy", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "RateLimitPolicy", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
