import * as pulumi from "@pulumi/pulumi";
import type { ProxyProtocolPolicyArgs } from "../args/proxy-protocol-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Expects connections to a gateway to begin with a PROXY header, by which load balancers tell who their clients are.
 *
 * List it in the `policies` of a VirtualGateway. It acts on the ports of the gateway's proxies, and so on every gateway that shares a port of
 * them; one of these lists it. It renders nothing by itself and belongs to no fleet, so that several gateways and stacks may share it. Istio has
 * no field for it that is about one port: the gateway's objects change the proxies themselves (`EnvoyFilter`), as tried on Envoy 1.40. Raises
 * MW01xx for malformed arguments. Follows `ProxyProtocolPolicy` of Gloo Platform v2.
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
