import * as pulumi from "@pulumi/pulumi";
import type { ExternalServiceArgs } from "../args/external-service.js";
import type { ResourceRef } from "../args/reference.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * A service outside the fleet, with its hosts, ports and endpoints.
 *
 * Renders an Istio `ServiceEntry`, and a `DestinationRule` where callers originate TLS, in each of its clusters. Raises
 * MW01xx for malformed arguments, MW05xx for hosts and endpoints that contradict each other, and MW0630 to MW0638 for
 * what belongs to other teams. Follows `ExternalService` of Gloo Platform v2.
 */
export class ExternalService extends pulumi.ComponentResource {
  /** Plain descriptor of the external service, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: ExternalServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:ExternalService", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "ExternalService", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
