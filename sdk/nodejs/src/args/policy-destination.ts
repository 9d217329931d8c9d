import type { Input } from "./input.js";
import type { ExternalServiceReference, VirtualDestinationReference } from "./reference.js";
import type { ServiceReferenceArgs } from "./route-table.js";

/**
 * Destination of requests that a policy itself makes. Exactly one of `service`, `virtualDestination` and
 * `externalService`.
 *
 * It must be reachable from the gateways of every table for which the policy is in force.
 */
export interface PolicyDestinationArgs {
  /** A Kubernetes Service in a named cluster. */
  service?: ServiceReferenceArgs;
  /** A virtual destination: its backing services in all clusters. */
  virtualDestination?: VirtualDestinationReference;
  /** A service outside the fleet. */
  externalService?: ExternalServiceReference;
  /** Port of the destination, 1 to 65535. Default: its only port; required for a `service`. */
  port?: Input<number>;
  /**
   * Labels of the backing pods that requests go to. A virtual destination must declare the subset. Default: all pods.
   */
  subset?: { [key: string]: Input<string> };
}
