import * as pulumi from "@pulumi/pulumi";
import type { AccessLogPolicyArgs } from "../args/access-log-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Which requests a gateway's proxies log, and what besides the usual.
 *
 * List it in the `policies` of a VirtualGateway. It acts on the ports of the gateway's proxies, and so on the requests of every gateway that
 * shares a port of them; one of these lists it. It renders nothing by itself and belongs to no fleet, so that several gateways and stacks may
 * share it. Listeners that pass connections on without looking into them log nothing (MW0493). Istio has no field for it: the gateway's objects change the proxies themselves (`EnvoyFilter`), as tried on Envoy 1.40. Raises
 * MW01xx for malformed arguments. Follows `AccessLogPolicy` of Gloo Platform v2.
 */
export class AccessLogPolicy extends pulumi.ComponentResource {
  /** Plain descriptor of the policy, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: AccessLogPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:AccessLogPolicy", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "AccessLogPolicy", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
