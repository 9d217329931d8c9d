import * as pulumi from "@pulumi/pulumi";
import type { CompressionPolicyArgs } from "../args/compression-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Compresses the responses of some routes with gzip or brotli.
 *
 * List it in the `policies` of a route, a RouteTable or a VirtualGateway; the most specific one takes precedence as a
 * whole. Renders nothing on its own and belongs to no fleet, so several tables and stacks can share it. Istio has no
 * field for it, so the table also renders an `EnvoyFilter` that configures the gateway's proxies directly, as tried on
 * Envoy 1.40. Raises MW01xx for malformed arguments. Follows Envoy's compressor.
 */
export class CompressionPolicy extends pulumi.ComponentResource {
  /** Plain descriptor of the policy, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: CompressionPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:CompressionPolicy", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "CompressionPolicy", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
