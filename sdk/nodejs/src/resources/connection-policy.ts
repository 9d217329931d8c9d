import * as pulumi from "@pulumi/pulumi";
import type { ConnectionPolicyArgs } from "../args/connection-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * How many connections and requests callers may have to a destination, and how long connections live.
 *
 * List it in the `policies` of a VirtualDestination. Every proxy that calls counts for itself and for all endpoints of a port together; an
 * east-west gateway counts as one endpoint, and as a caller of the pods behind it. By itself it does not make callers prefer near endpoints.
 * It renders nothing by itself and belongs to no fleet, so that several destinations and stacks may share it. Raises MW01xx for malformed
 * arguments. Follows `ConnectionPolicy` of Gloo Platform v2.
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
