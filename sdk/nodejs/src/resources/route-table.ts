import * as pulumi from "@pulumi/pulumi";
import type { ResourceRef } from "../args/reference.js";
import type { RouteTableArgs } from "../args/route-table.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Routes requests for some hosts to destinations; owned by the app team.
 *
 * Renders an Istio `VirtualService` for each of its gateways in each of their clusters, an `EnvoyFilter` in the
 * proxies' namespace where policies need one, and the objects that make Services of other clusters reachable. Raises
 * MW01xx for malformed arguments, MW02xx for routes, MW03xx for hosts, MW05xx for destinations and MW06xx for what
 * belongs to other teams; warns with MW0639 about filters that can't be in the namespace of the team's routes. Follows
 * `RouteTable` of Gloo Platform v2.
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
