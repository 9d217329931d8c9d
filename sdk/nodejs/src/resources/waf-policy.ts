import * as pulumi from "@pulumi/pulumi";
import type { ResourceRef } from "../args/reference.js";
import type { WAFPolicyArgs } from "../args/waf-policy.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Not available with open-source Istio and Envoy: always raises MW0701.
 *
 * The error names the open alternative: Coraza, which reads the same rules, as a Wasm plugin of the gateway's proxies.
 * Stands in for `WAFPolicy` of Gloo Platform v2.
 */
export class WAFPolicy extends pulumi.ComponentResource {
  /**
   * Plain descriptor of the policy, for other stacks and languages; never set, because the policy is always rejected.
   */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: WAFPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:WAFPolicy", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "WAFPolicy", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
