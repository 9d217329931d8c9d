import * as pulumi from "@pulumi/pulumi";
import type { ConnectionPolicyArgs } from "../args/connection-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Limits the connections and requests of callers to a destination, and the lifetime of connections.
 *
 * List it in the `policies` of a VirtualDestination. Every calling proxy counts separately, for all endpoints of a port
 * together; an east-west gateway counts as one endpoint, and as a caller of the pods behind it. On its own it does not
 * make callers prefer near endpoints. Renders nothing on its own and belongs to no fleet, so several destinations and
 * stacks can share it. Raises MW01xx for malformed arguments. Follows `ConnectionPolicy` of Gloo Platform v2.
 */
export class ConnectionPolicy extends pulumi.ComponentResource {
  /** Plain descriptor of the policy, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: ConnectionPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:ConnectionPolicy", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "ConnectionPolicy", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
