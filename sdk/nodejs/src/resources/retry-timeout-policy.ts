import * as pulumi from "@pulumi/pulumi";
import type { ResourceRef } from "../args/reference.js";
import type { RetryTimeoutPolicyArgs } from "../args/retry-timeout-policy.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Timeouts and retries of requests of some routes.
 *
 * List it in the `policies` of a route, a RouteTable or a VirtualGateway; the most specific one takes precedence as a
 * whole. Renders nothing on its own and belongs to no fleet, so several tables and stacks can share it. Raises MW01xx
 * for malformed arguments and MW04xx for retry conditions that Envoy does not have. Follows `RetryTimeoutPolicy` of
 * Gloo Platform v2.
 */
export class RetryTimeoutPolicy extends pulumi.ComponentResource {
  /** Plain descriptor of the policy, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: RetryTimeoutPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:RetryTimeoutPolicy", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "RetryTimeoutPolicy", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
