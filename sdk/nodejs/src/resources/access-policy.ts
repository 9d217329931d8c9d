import * as pulumi from "@pulumi/pulumi";
import type { AccessPolicyArgs } from "../args/access-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Authorizes callers of a destination's pods or of a gateway, by identity and by request.
 *
 * List it in the `policies` of a VirtualDestination or a VirtualGateway. Renders nothing on its own and belongs to no
 * fleet, so several of them and several stacks can share it; the resource that lists it renders Istio's
 * `AuthorizationPolicy` and `PeerAuthentication` objects. Raises MW01xx for malformed arguments; the resource that
 * lists it raises MW048x where the policy can't be enforced. Follows `AccessPolicy` of Gloo Platform v2.
 */
export class AccessPolicy extends pulumi.ComponentResource {
  /** Plain descriptor of the policy, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: AccessPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:AccessPolicy", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "AccessPolicy", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
