/** Labels of routes. */
export interface RouteLabelSelectorArgs {
  /** Labels that a route has, by itself or from its table; all of them, at least one. */
  labels: { [key: string]: string };
}

/** Some of the routes that a policy could apply to. Follows `RouteSelector` of Gloo Platform v2. */
export interface RouteSelectorArgs {
  /** Routes by their labels. */
  route: RouteLabelSelectorArgs;
}
