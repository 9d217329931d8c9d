import * as pulumi from "@pulumi/pulumi";
import type { HTTPBufferPolicyArgs } from "../args/http-buffer-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * How large the bodies of requests to some routes may be.
 *
 * List it in the `policies` of a route, a RouteTable or a VirtualGateway; the nearest one counts as a whole. It renders nothing by itself and
 * belongs to no fleet, so that several tables and stacks may share it. Istio has no field for it: the table's objects change the gateway's
 * proxies themselves (`EnvoyFilter`), as tried on Envoy 1.40. Raises MW01xx for malformed arguments.
 * Follows `HTTPBufferPolicy` of Gloo Platform v2.
 */
export class HTTPBufferPolicy extends pulumi.ComponentResource {
  /** Plain descriptor of the policy, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: HTTPBufferPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:HTTPBufferPolicy", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "HTTPBufferPolicy", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
