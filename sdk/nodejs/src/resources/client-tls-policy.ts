import * as pulumi from "@pulumi/pulumi";
import type { ClientTLSPolicyArgs } from "../args/client-tls-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * TLS settings of connections to a destination, instead of the mesh's defaults.
 *
 * List it in the `policies` of a VirtualDestination. Renders nothing on its own and belongs to no fleet, so several
 * destinations and stacks can share it. Raises MW01xx and MW0515 for malformed arguments; with a destination, MW0470
 * and MW0471 for callers or endpoints that can't use it, and MW0472 for ports whose clients already speak TLS. Follows
 * `ClientTLSPolicy` of Gloo Platform v2.
 */
export class ClientTLSPolicy extends pulumi.ComponentResource {
  /** Plain descriptor of the policy, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: ClientTLSPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:ClientTLSPolicy", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "ClientTLSPolicy", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
