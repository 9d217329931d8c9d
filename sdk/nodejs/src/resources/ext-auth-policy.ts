import * as pulumi from "@pulumi/pulumi";
import type { ExtAuthPolicyArgs } from "../args/ext-auth-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Asks an external authorizer about each request of some routes, before anything is done with it: what it does not allow is answered as it says.
 *
 * List it in the `policies` of a route, a RouteTable or a VirtualGateway; the nearest one counts as a whole. It renders nothing by itself and
 * belongs to no fleet, so that several tables and stacks may share it; its descriptor holds that of the authorizer's destination. Istio has no
 * field for it on routes: the table's objects change the gateway's proxies themselves (`EnvoyFilter`), as tried on Envoy 1.40. Raises MW01xx for
 * malformed arguments, and with whatever lists it MW045x and MW05xx for its destination. Follows `ExtAuthPolicy` of Gloo Platform v2.
 */
export class ExtAuthPolicy extends pulumi.ComponentResource {
  /** Plain descriptor of the policy, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: ExtAuthPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:ExtAuthPolicy", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "ExtAuthPolicy", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
