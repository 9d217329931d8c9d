import * as pulumi from "@pulumi/pulumi";
import type { ResourceRef } from "../args/reference.js";
import type { VirtualGatewayArgs } from "../args/virtual-gateway.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Gateway proxies with their ports, hosts and certificates; owned by the operators.
 *
 * Renders an Istio `Gateway` in each of its clusters. Raises MW01xx for malformed arguments, MW0630 and MW0636 for what
 * belongs to other teams, and MW03xx for listeners that contradict each other. Follows `VirtualGateway` of Gloo
 * Platform v2.
 */
export class VirtualGateway extends pulumi.ComponentResource {
  /** Plain descriptor of the virtual gateway, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: VirtualGatewayArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:VirtualGateway", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "VirtualGateway", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
