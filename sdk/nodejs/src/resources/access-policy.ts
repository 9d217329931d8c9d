import * as pulumi from "@pulumi/pulumi";
import type { AccessPolicyArgs } from "../args/access-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Who may call a destination's pods or a gateway, and with which requests.
 *
 * List it in the `policies` of a VirtualDestination or a VirtualGateway. It renders nothing by itself and belongs to no fleet, so that several
 * of them and several stacks may share it; what lists it renders Istio's `AuthorizationPolicy` and `PeerAuthentication` objects. Raises MW01xx
 * for malformed arguments; MW048x where it is listed, if it can't hold there. Follows `AccessPolicy` of Gloo Platform v2.
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
