import * as pulumi from "@pulumi/pulumi";
import type { ResourceRef } from "../args/reference.js";
import type { RouteTableArgs } from "../args/route-table.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Which requests to some hosts go where; the app team's part.
 *
 * Renders an Istio `VirtualService` for each of its gateways in each of their clusters, an `EnvoyFilter` beside the proxies where
 * policies need one, and what Services of other clusters need to be reached. Raises MW01xx for malformed arguments, MW02xx for routes, MW03xx for hosts, MW05xx for destinations and MW06xx for
 * what other teams have; warns with MW0639 of filters that can't lie beside the team's routes. Follows `RouteTable` of
 * Gloo Platform v2.
 */
export class RouteTable extends pulumi.ComponentResource {
  /** Plain descriptor of the route table, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: RouteTableArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:RouteTable", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "RouteTable", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
