import * as pulumi from "@pulumi/pulumi";
import type { ProxyProtocolPolicyArgs } from "../args/proxy-protocol-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Expects connections to a gateway to start with a PROXY header, with which load balancers pass on client addresses.
 *
 * List it in the `policies` of a VirtualGateway. It applies to the ports of the gateway's proxies, and therefore to
 * every gateway that shares one of those ports; only one of them lists it. Renders nothing on its own and belongs to no
 * fleet, so several gateways and stacks can share it. Istio has no field for it that covers a single port, so the
 * gateway also renders an `EnvoyFilter` that configures the proxies directly, tested with Envoy 1.40. Raises MW01xx for
 * malformed arguments. Follows `ProxyProtocolPolicy` of Gloo Platform v2.
 */
export class ProxyProtocolPolicy extends pulumi.ComponentResource {
  /** Plain descriptor of the policy, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: ProxyProtocolPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:ProxyProtocolPolicy", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "ProxyProtocolPolicy", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
