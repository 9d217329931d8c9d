import * as pulumi from "@pulumi/pulumi";
import type { ListenerConnectionPolicyArgs } from "../args/listener-connection-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Settings of client connections to a gateway: how much of their data it buffers, and how it detects clients that are
 * gone.
 *
 * List it in the `policies` of a VirtualGateway. It applies to the ports of the gateway's proxies, and therefore to
 * every gateway that shares one of those ports; only one of them lists it. Renders nothing on its own and belongs to no
 * fleet, so several gateways and stacks can share it. Istio has no field for it, so the gateway also renders an
 * `EnvoyFilter` that configures the proxies directly, tested with Envoy 1.40; older versions may not know
 * `tcp_keepalive` of listeners. Raises MW01xx for malformed arguments. Follows `ListenerConnectionPolicy` of Gloo
 * Platform v2.
 */
export class ListenerConnectionPolicy extends pulumi.ComponentResource {
  /** Plain descriptor of the policy, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: ListenerConnectionPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:ListenerConnectionPolicy", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "ListenerConnectionPolicy", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
