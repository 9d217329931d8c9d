import * as pulumi from "@pulumi/pulumi";
import type { CSRFPolicyArgs } from "../args/csrf-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Rejects requests to some routes that pages of other sites make browsers send (cross-site request forgery).
 *
 * List it in the `policies` of a route, a RouteTable or a VirtualGateway; the most specific one takes precedence as a
 * whole. Renders nothing on its own and belongs to no fleet, so several tables and stacks can share it. Istio has no
 * field for it, so the table also renders an `EnvoyFilter` that configures the gateway's proxies directly, as tried on
 * Envoy 1.40. Raises MW01xx for malformed arguments and MW0430 for a policy that both enforces and only reports, or
 * does neither. Follows `CSRFPolicy` of Gloo Platform v2.
 */
export class CSRFPolicy extends pulumi.ComponentResource {
  /** Plain descriptor of the policy, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: CSRFPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:CSRFPolicy", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "CSRFPolicy", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
