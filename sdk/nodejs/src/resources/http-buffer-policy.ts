import * as pulumi from "@pulumi/pulumi";
import type { HTTPBufferPolicyArgs } from "../args/http-buffer-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Limits the size of request bodies on some routes.
 *
 * List it in the `policies` of a route, a RouteTable or a VirtualGateway; the most specific one takes precedence as a
 * whole. Renders nothing on its own and belongs to no fleet, so several tables and stacks can share it. Istio has no
 * field for it, so the table also renders an `EnvoyFilter` that configures the gateway's proxies directly, as tried on
 * Envoy 1.40. Raises MW01xx for malformed arguments. Follows `HTTPBufferPolicy` of Gloo Platform v2.
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
