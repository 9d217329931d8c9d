import * as pulumi from "@pulumi/pulumi";
import type { ListenerConnectionPolicyArgs } from "../args/listener-connection-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * How a gateway treats the connections of its clients: how much of them it keeps, and how it finds out that clients are gone.
 *
 * List it in the `policies` of a VirtualGateway. It acts on the ports of the gateway's proxies, and so on every gateway that shares a port of
 * them; one of these lists it. It renders nothing by itself and belongs to no fleet, so that several gateways and stacks may share it. Istio has
 * no field for it: the gateway's objects change the proxies themselves (`EnvoyFilter`), as tried on Envoy 1.40; older ones may not know
 * `tcp_keepalive` of listeners. Raises MW01xx for malformed arguments. Follows `ListenerConnectionPolicy` of Gloo Platform v2.
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
