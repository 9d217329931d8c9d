import * as pulumi from "@pulumi/pulumi";
import type { JWTPolicyArgs } from "../args/jwt-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Validates tokens (JSON Web Tokens) in requests of some routes, with rules about their claims.
 *
 * List it in the `policies` of a route, a RouteTable or a VirtualGateway; the most specific one takes precedence as a
 * whole. Renders nothing on its own and belongs to no fleet, so several tables and stacks can share it; its descriptor
 * embeds the descriptors of the key servers. Istio's own JWT resources apply to whole proxies, not to routes, so the
 * table also renders an `EnvoyFilter` that configures the gateway's proxies directly, tested with Envoy 1.40. Raises
 * MW01xx for malformed arguments, MW0460 to MW0462 for keys, MW0463 for headers that can't hold claims, MW0464 for
 * tokens in queries and MW0465 for rules about tokens that aren't required; the resource that lists it raises MW045x
 * and MW05xx for key servers. Follows `JWTPolicy` of Gloo Platform v2.
 */
export class JWTPolicy extends pulumi.ComponentResource {
  /** Plain descriptor of the policy, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: JWTPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:JWTPolicy", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "JWTPolicy", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
