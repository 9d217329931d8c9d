import type { Input } from "./input.js";
import type { HttpMatcherArgs } from "./match.js";
import type {
  ExternalServiceReference,
  FleetReference,
  PolicyReference,
  RouteTableReference,
  VirtualDestinationReference,
  VirtualGatewayReference,
  WorkspaceReference,
} from "./reference.js";
import type { SidecarsArgs } from "./sidecars.js";

/** Status code of a redirect. Named as in Gloo Platform v2. */
export const RedirectCode = {
  /** 301, the default. */
  MovedPermanently: "MOVED_PERMANENTLY",
  /** 302. */
  Found: "FOUND",
  /** 303. */
  SeeOther: "SEE_OTHER",
  /** 307. */
  TemporaryRedirect: "TEMPORARY_REDIRECT",
  /** 308. */
  PermanentRedirect: "PERMANENT_REDIRECT",
} as const;
export type RedirectCode = (typeof RedirectCode)[keyof typeof RedirectCode];

/** A Kubernetes Service in one cluster. */
export interface ServiceReferenceArgs {
  /** Name of the Service. */
  name: Input<string>;
  /** Namespace of the Service. */
  namespace: Input<string>;
  /** Name of the Service's cluster, as in the fleet. Plain, because it decides which objects exist. */
  cluster: string;
}

/** Destination of requests. Exactly one of `service`, `virtualDestination` and `externalService`. */
export interface DestinationArgs {
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
  /**
   * Percentage of requests, 0 to 100; the weights of a route add up to 100. Default: an equal share of what the others
   * leave.
   */
  weight?: Input<number>;
}

/** An RE2 expression. */
export interface RegexPatternArgs {
  /** RE2 expression, searched for in the path; at most 1024 characters. */
  regex: Input<string>;
}

/** Replaces the part of the path that a regular expression matches. */
export interface RegexRewriteArgs {
  /** Expression to search for. */
  pattern: RegexPatternArgs;
  /** Replacement; `\1` to `\9` are the captured groups. */
  substitution: Input<string>;
}

/** Forwards requests to destinations. */
export interface ForwardToArgs {
  /** Destinations, by weight. Default: the table's `defaultDestination`. */
  destinations?: DestinationArgs[];
  /**
   * New path: replaces the matched prefix, or the whole path after an exact match. Rejected with a regex match.
   * Default: unchanged.
   */
  pathRewrite?: Input<string>;
  /** Rewrites the path by a regular expression. Excludes `pathRewrite`. Default: none. */
  regexRewrite?: RegexRewriteArgs;
  /** New Host header. Default: unchanged. */
  hostRewrite?: Input<string>;
  /** Set the Host header to the host of the chosen destination. Excludes `hostRewrite`. Default false. */
  autoHostRewrite?: boolean;
}

/** Responds with a redirect. At least one of `hostRedirect` and `pathRedirect`. */
export interface RedirectArgs {
  /** New host. Default: the request's. */
  hostRedirect?: Input<string>;
  /** New path, which replaces the whole path; the query is kept. Default: the request's path. */
  pathRedirect?: Input<string>;
  /** Status code. Default `MOVED_PERMANENTLY`. */
  responseCode?: Input<RedirectCode>;
}

/** Responds without calling any destination. */
export interface DirectResponseArgs {
  /** Status code, 200 to 599. */
  status: Input<number>;
  /** Body of the response, at most 1 MiB. Default: empty. */
  body?: Input<string>;
}

/** Orders in which the routes of other tables are tried. Named as in Gloo Platform v2. */
export const SortMethod = {
  /**
   * Tables with a higher `weight` first, those of equal weight in listed order, and the routes of a table in written
   * order. The default.
   */
  TableWeight: "TABLE_WEIGHT",
  /**
   * By the most specific path of a route: exact paths, then regular expressions, then prefixes, longer ones first.
   * Other conditions don't count, and routes that tie keep the order of `TABLE_WEIGHT`.
   */
  RouteSpecificity: "ROUTE_SPECIFICITY",
} as const;
export type SortMethod = (typeof SortMethod)[keyof typeof SortMethod];

/** Selects some of the listed tables: those that match all given fields. At least one of `labels` and `workspace`. */
export interface RouteTableSelectorArgs {
  /** Labels that a table must have; all of them, at least one. Default: any. */
  labels?: { [key: string]: string };
  /** Workspace of the team that owns a table. Default: any, including none. */
  workspace?: WorkspaceReference;
}

/**
 * Delegates to the routes of other tables.
 *
 * A route of theirs takes a request if the delegating route's matchers and its own match: conditions add up, and its
 * path is appended to the prefix of the delegating route (`/shop` and `/cart` give `/shop/cart`). Labels are inherited;
 * nearer ones take precedence.
 */
export interface DelegateArgs {
  /**
   * Tables to delegate to, which have neither `hosts` nor `virtualGateways`. At least one. A table of another team must
   * be exported by its own workspace and imported by that of the delegating table.
   */
  routeTables: RouteTableReference[];
  /** Delegate only to the tables that it selects. Default: all of them. */
  selector?: RouteTableSelectorArgs;
  /** Order in which their routes are tried. Default `TABLE_WEIGHT`. */
  sortMethod?: SortMethod;
}

/**
 * Route of requests. Exactly one of `forwardTo`, `redirect`, `directResponse` and `delegate`. Follows `HTTPRoute` of
 * Gloo Platform v2.
 */
export interface HttpRouteArgs {
  /** Name of the route, unique in its table. */
  name: string;
  /** Labels by which policies select routes. Default: none. */
  labels?: { [key: string]: string };
  /**
   * Policies of the route's requests, at most one of each kind; they take precedence over those of the table and the
   * gateway. Those of a delegating route apply to all routes that it delegates to, whose own tables take precedence. An
   * empty list exempts from none of these. Default: none.
   */
  policies?: PolicyReference[];
  /** Matchers of requests, any of which must match. Default: every request. */
  matchers?: HttpMatcherArgs[];
  /** Forward requests to destinations. */
  forwardTo?: ForwardToArgs;
  /** Respond with a redirect. */
  redirect?: RedirectArgs;
  /** Respond directly. */
  directResponse?: DirectResponseArgs;
  /** Delegate to the routes of other tables. */
  delegate?: DelegateArgs;
}

/** Forwards connections to destinations, unchanged. */
export interface ForwardConnectionsArgs {
  /** Destinations, by weight: 1 to 100 of them. */
  destinations: DestinationArgs[];
}

/** Conditions on a connection. Follows `TCPRequestMatcher` of Gloo Platform v2. */
export interface TcpMatcherArgs {
  /** Port of the gateway listener that the connection arrives at. Default: every listener for `tcp` routes. */
  port?: Input<number>;
}

/** Route of connections. Follows `TCPRoute` of Gloo Platform v2. */
export interface TcpRouteArgs {
  /** Name of the route, unique in its table. */
  name: string;
  /** Matchers of connections, any of which must match. Default: every connection. */
  matchers?: TcpMatcherArgs[];
  /** Destinations of the connections. */
  forwardTo: ForwardConnectionsArgs;
}

/** Conditions on a TLS connection, all of which must hold. Follows `TLSRequestMatcher` of Gloo Platform v2. */
export interface TlsMatcherArgs {
  /** Server names (SNI) that clients send, at least one: hosts of the table, or names below its wildcards. */
  sniHosts: Input<string>[];
  /** Port of the gateway listener that the connection arrives at. Default: every listener for `tls` routes. */
  port?: Input<number>;
}

/** Route of TLS connections, which nothing terminates on the way. Follows `TLSRoute` of Gloo Platform v2. */
export interface TlsRouteArgs {
  /** Name of the route, unique in its table. */
  name: string;
  /** Matchers of connections, any of which must match; at least one. */
  matchers: TlsMatcherArgs[];
  /** Destinations of the connections. */
  forwardTo: ForwardConnectionsArgs;
}

/** Routes of requests and connections to some hosts. Follows `RouteTable` of Gloo Platform v2. */
export interface RouteTableArgs {
  /** Fleet that the table's gateways and callers belong to. */
  fleet: FleetReference;
  /**
   * Workspace of the team that owns the table. Routes then lead to the team's own destinations and tables, and to those
   * that others export to it and it imports.
   *
   * Default: none; routes then lead to what no workspace owns.
   */
  workspace?: WorkspaceReference;
  /**
   * Namespace to write the routes for gateways to, in each of their clusters: one of the workspace's, so that
   * Kubernetes RBAC applies to them. Objects that Istio only looks up next to the proxies (`EnvoyFilter`,
   * `DestinationRule`) stay in the gateway's namespace. Default: the workspace's namespace, in clusters where it owns
   * exactly one; otherwise the gateway's.
   */
  namespace?: string;
  /** Labels by which gateways select route tables, and policies select the table's routes. Default: none. */
  labels?: { [key: string]: string };
  /**
   * Hosts that the table serves: names with a dot, or with a wildcard as the first label. Default: none, for a table
   * that others delegate to.
   */
  hosts?: Input<string>[];
  /** Gateways that the table attaches to. Default: none, for a table of `sidecars` or one that others delegate to. */
  virtualGateways?: VirtualGatewayReference[];
  /**
   * Callers with sidecars whose requests and connections to the table's hosts also take its routes. A host is then that
   * of a Service, such as `reviews.shop.svc.cluster.local`, of a virtual destination or of an external service.
   * Requests of such a caller that no `http` route takes get a 404; connections that no route takes go where the host
   * leads. Default: none.
   */
  sidecars?: SidecarsArgs;
  /** Routes of requests; the first match wins. At least one of `http`, `tls` and `tcp`. */
  http?: HttpRouteArgs[];
  /**
   * Routes of TLS connections at listeners with mode `PASSTHROUGH`, by the server name (SNI) that clients send.
   * Default: none.
   */
  tls?: TlsRouteArgs[];
  /**
   * Routes of connections at listeners for TCP, or at listeners that terminate TLS; the first match wins. Default:
   * none.
   */
  tcp?: TcpRouteArgs[];
  /**
   * Rank among the tables that one route delegates to: those with a higher weight are tried first; -2147483648 to
   * 2147483647. Default 0.
   */
  weight?: number;
  /** Destination of routes whose `forwardTo` names none. Default: none. */
  defaultDestination?: DestinationArgs;
  /**
   * Policies of the requests of all routes, or of the routes that a policy selects; at most one of each kind per route.
   * Default: none.
   */
  policies?: PolicyReference[];
}
