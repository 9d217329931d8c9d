import * as pulumi from "@pulumi/pulumi";
import type { ResourceRef } from "../args/reference.js";
import type { VirtualDestinationArgs } from "../args/virtual-destination.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * One internal hostname across all the clusters that an application runs in.
 *
 * Backends are pods selected by labels, so they join and leave on their own. Renders Istio `ServiceEntry` and
 * `DestinationRule` objects in every cluster of the fleet. Raises MW01xx for malformed arguments, MW0630 to MW0640 for
 * what belongs to other teams, and MW05xx for clusters that can't be reached. Follows `VirtualDestination` of Gloo
 * Platform v2.
 */
export class VirtualDestination extends pulumi.ComponentResource {
  /** Plain descriptor of the virtual destination, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: VirtualDestinationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:VirtualDestination", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "VirtualDestination", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
