import * as pulumi from "@pulumi/pulumi";
import type { ActiveHealthCheckPolicyArgs } from "../args/active-health-check-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Probes with which gateways detect failing endpoints before a request reaches them.
 *
 * List it in the `policies` of a VirtualDestination. Istio has no field for it, so the destination also renders an
 * `EnvoyFilter` that configures the probing gateways' proxies directly, tested with Envoy 1.40. Renders nothing on its
 * own and belongs to no fleet, so several destinations and stacks can share it. Raises MW01xx for malformed arguments;
 * with a destination, MW0473 for gateways that would probe twice and MW0478 and MW0479 for probes that no endpoint
 * could answer. Warns with MW0476 about probes that end at an east-west gateway and with MW0477 about gateways that
 * don't know the destination. Follows `ActiveHealthCheckPolicy` of Gloo Platform v2.
 */
export class ActiveHealthCheckPolicy extends pulumi.ComponentResource {
  /** Plain descriptor of the policy, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: ActiveHealthCheckPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:ActiveHealthCheckPolicy", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "ActiveHealthCheckPolicy", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
