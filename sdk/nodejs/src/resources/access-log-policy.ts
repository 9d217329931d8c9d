import * as pulumi from "@pulumi/pulumi";
import type { AccessLogPolicyArgs } from "../args/access-log-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Access logging of a gateway's proxies: which requests they log, and which fields beyond the default ones.
 *
 * List it in the `policies` of a VirtualGateway. It applies to the ports of the gateway's proxies, and therefore to the
 * requests of every gateway that shares one of those ports; only one of them lists it. Renders nothing on its own and
 * belongs to no fleet, so several gateways and stacks can share it. Listeners that pass TLS through without terminating
 * it log nothing (MW0493). Istio has no field for it, so the gateway also renders an `EnvoyFilter` that configures the
 * proxies directly, tested with Envoy 1.40. Raises MW01xx for malformed arguments. Follows `AccessLogPolicy` of Gloo
 * Platform v2.
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
