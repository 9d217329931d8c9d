import * as pulumi from "@pulumi/pulumi";
import type { ActiveHealthCheckPolicyArgs } from "../args/active-health-check-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Probes by which gateways find endpoints that fail, before a request does.
 *
 * List it in the `policies` of a VirtualDestination. Istio has no field for it: the destination's objects change the proxies of the gateways
 * that probe (`EnvoyFilter`), as tried on Envoy 1.40. It renders nothing by itself and belongs to no fleet, so that several destinations and
 * stacks may share it. Raises MW01xx for malformed arguments; with a destination MW0473 for gateways that would probe twice, MW0478
 * and MW0479 for probes that no endpoint could answer, and warns with MW0476 of probes that end at an east-west gateway and with MW0477
 * of gateways that don't know the destination. Follows `ActiveHealthCheckPolicy` of Gloo Platform v2.
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
