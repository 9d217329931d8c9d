import * as pulumi from "@pulumi/pulumi";
import type { JWTPolicyArgs } from "../args/jwt-policy.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * Which tokens (JSON Web Tokens) the requests of some routes need, and what these must say.
 *
 * List it in the `policies` of a route, a RouteTable or a VirtualGateway; the nearest one counts as a whole. It renders nothing by itself and
 * belongs to no fleet, so that several tables and stacks may share it; its descriptor holds those of the servers that have keys. Istio's own resources for
 * tokens are in force for whole proxies, not for routes: the table's objects change the gateway's proxies themselves (`EnvoyFilter`), as tried on Envoy 1.40.
 * Raises MW01xx for malformed arguments, MW0460 to MW0462 for keys, MW0463 for headers that can't hold claims, MW0464 for tokens in queries and MW0465 for rules
 * about tokens that nobody needs, and with whatever lists it MW045x and MW05xx for servers that have keys.
 * Follows `JWTPolicy` of Gloo Platform v2.
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
