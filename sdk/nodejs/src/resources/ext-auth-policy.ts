import * as pulumi from "@pulumi/pulumi";
import type { ExtAuthPolicyArgs } from "../args/ext-auth-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Asks an external authorizer about each request of some routes first; a request that it denies gets the authorizer's
 * response.
 *
 * List it in the `policies` of a route, a RouteTable or a VirtualGateway; the most specific one takes precedence as a
 * whole. Renders nothing on its own and belongs to no fleet, so several tables and stacks can share it; its descriptor
 * embeds the descriptor of the authorizer's destination. Istio has no field for it on routes, so the table also renders
 * an `EnvoyFilter` that configures the gateway's proxies directly, tested with Envoy 1.40. Raises MW01xx for malformed
 * arguments; the resource that lists it raises MW045x and MW05xx for the authorizer's destination. Follows
 * `ExtAuthPolicy` of Gloo Platform v2.
 */
export class ExtAuthPolicy extends pulumi.ComponentResource {
  /** Plain descriptor of the policy, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: ExtAuthPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:ExtAuthPolicy", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "ExtAuthPolicy", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
