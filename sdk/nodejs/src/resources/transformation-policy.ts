import * as pulumi from "@pulumi/pulumi";
import type { ResourceRef } from "../args/reference.js";
import type { TransformationPolicyArgs } from "../args/transformation-policy.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * How requests and answers of some routes change, by templates for headers and JSON bodies.
 *
 * List it in the `policies` of a route, a RouteTable or a VirtualGateway; the nearest one counts as a whole. It renders nothing by itself and
 * belongs to no fleet, so that several tables and stacks may share it. Istio has no field for it: the table's objects change the gateway's
 * proxies themselves (`EnvoyFilter`), as tried on Envoy 1.40. Raises MW01xx for malformed arguments, MW0204 for expressions, MW0466 for templates that Envoy's own
 * filters can't do, MW0467 for groups that an expression does not have and MW0468 for headers that belong to the routing.
 * Follows `TransformationPolicy` of Gloo Platform v2.
 */
export class TransformationPolicy extends pulumi.ComponentResource {
  /** Plain descriptor of the policy, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: TransformationPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:TransformationPolicy", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "TransformationPolicy", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
