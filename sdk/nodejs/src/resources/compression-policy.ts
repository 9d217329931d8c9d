import * as pulumi from "@pulumi/pulumi";
import type { CompressionPolicyArgs } from "../args/compression-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Compresses answers of some routes, with gzip or brotli.
 *
 * List it in the `policies` of a route, a RouteTable or a VirtualGateway; the nearest one counts as a whole. It
 * renders nothing on its own and belongs to no
 * fleet, so that several tables and stacks may share it. Istio has no field for it: the table's objects change the
 * gateway's proxies
 * themselves (`EnvoyFilter`), as tried on Envoy 1.40. Raises MW01xx for malformed arguments. Follows Envoy's
 * compressor.
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
