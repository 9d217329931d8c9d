import * as pulumi from "@pulumi/pulumi";
import type { DLPPolicyArgs } from "../args/dlp-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Not available with open-source Istio and Envoy: always raises MW0702.
 *
 * The error names the open alternatives: masking in the application, in a Lua or Wasm filter, or in the log pipeline.
 * Stands in for `DLPPolicy` of Gloo Platform v2.
 */
export class DLPPolicy extends pulumi.ComponentResource {
  /**
   * Plain descriptor of the policy, for other stacks and languages; never set, because the policy is always rejected.
   */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: DLPPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:DLPPolicy", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "DLPPolicy", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
