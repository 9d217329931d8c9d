import type { Input } from "./input.js";

/**
 * A plain, serializable descriptor of a resource, for other stacks and languages.
 *
 * The resource's `ref` output creates it, and Meshway reads it back; its content is not an interface.
 */
export interface ResourceRef {
  /** Kind of the resource, such as `VirtualGateway`. */
  kind: string;
  /** Name of the resource in its own stack. */
  name: string;
  /** Checked model of the resource, as JSON text. */
  model: string;
}

/** A fleet: the `Fleet` resource itself, or `{ ref }` with the `ref` output of one. */
export interface FleetReference {
  /** Descriptor of the fleet, secret if it holds credentials. */
  ref: Input<ResourceRef>;
}

/**
 * A virtual gateway: the `VirtualGateway` resource itself, or `{ ref }` with the `ref` output of one in another stack.
 */
export interface VirtualGatewayReference {
  /** Descriptor of the virtual gateway. */
  ref: Input<ResourceRef>;
}

/** A route table: the `RouteTable` resource itself, or `{ ref }` with the `ref` output of one in another stack. */
export interface RouteTableReference {
  /** Descriptor of the route table, including its policies, its destinations and the tables that it delegates to. */
  ref: Input<ResourceRef>;
}

/**
 * A virtual destination: the `VirtualDestination` resource itself, or `{ ref }` with the `ref` output of one in another
 * stack.
 */
export interface VirtualDestinationReference {
  /** Descriptor of the virtual destination. */
  ref: Input<ResourceRef>;
}

/**
 * An external service: the `ExternalService` resource itself, or `{ ref }` with the `ref` output of one in another
 * stack.
 */
export interface ExternalServiceReference {
  /** Descriptor of the external service. */
  ref: Input<ResourceRef>;
}

/**
 * A workspace: a `WorkspaceSettings` resource, or a `Workspace`, which then shares nothing; or `{ ref }` with the `ref`
 * output of one in another stack.
 */
export interface WorkspaceReference {
  /** Descriptor of the workspace or its settings. */
  ref: Input<ResourceRef>;
}

/**
 * A policy of any kind: the resource itself, such as a `FailoverPolicy`, or `{ ref }` with the `ref` output of one in
 * another stack.
 */
export interface PolicyReference {
  /** Descriptor of the policy. */
  ref: Input<ResourceRef>;
}
