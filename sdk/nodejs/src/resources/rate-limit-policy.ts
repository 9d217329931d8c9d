import * as pulumi from "@pulumi/pulumi";
import type { RateLimitPolicyArgs } from "../args/rate-limit-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * How many requests some routes take, counted by each proxy or by a server for all of them.
 *
 * List it in the `policies` of a route, a RouteTable or a VirtualGateway; the nearest one counts as a whole. It renders nothing by itself and
 * belongs to no fleet, so that several tables and stacks may share it. Istio has no field for it: the table's objects change the gateway's
 * proxies themselves (`EnvoyFilter`), as tried on Envoy 1.40. Raises MW01xx for malformed arguments,
 * and with whatever lists it MW045x and MW05xx for its server. Follows `RateLimitPolicy` of Gloo Platform v2.
 */
export class RateLimitPolicy extends pulumi.ComponentResource {
  /** Plain descriptor of the policy, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: RateLimitPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:RateLimitPolicy", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "RateLimitPolicy", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
