/** Selects routes by labels. */
export interface RouteLabelSelectorArgs {
  /** Labels that a route must have, its own or its table's; all of them, at least one. */
  labels: { [key: string]: string };
}

/** Selects some of the routes that a policy could apply to. Follows `RouteSelector` of Gloo Platform v2. */
export interface RouteSelectorArgs {
  /** Selects routes by labels. */
  route: RouteLabelSelectorArgs;
}
