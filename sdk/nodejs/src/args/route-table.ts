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

/** A Kubernetes Service of one cluster. */
export interface ServiceReferenceArgs {
  /** Name of the Service. */
  name: Input<string>;
  /** Namespace of the Service. */
  namespace: Input<string>;
  /** Name of the Service's cluster, as in the fleet. Plain, because it decides which objects exist. */
  cluster: string;
}

/** Where requests go. Exactly one of `service`, `virtualDestination` and `externalService`. */
export interface DestinationArgs {
  /** A Kubernetes Service of a named cluster. */
  service?: ServiceReferenceArgs;
  /** A virtual destination: its backing services in all clusters. */
  virtualDestination?: VirtualDestinationReference;
  /** A service outside the fleet. */
  externalService?: ExternalServiceReference;
  /** Port of the destination, 1 to 65535. Default: its only port; required for a `service`. */
  port?: Input<number>;
  /** Labels of the backing pods that requests go to. A virtual destination must declare the subset. Default: all pods. */
  subset?: { [key: string]: Input<string> };
  /** Share of the requests in percent, 0 to 100; the weights of a route add up to 100. Default: an even part of what the others leave. */
  weight?: Input<number>;
}

/** An RE2 expression. */
export interface RegexPatternArgs {
  /** RE2 expression, searched for in the path; at most 1024 characters. */
  regex: Input<string>;
}

/** Replaces what a regular expression finds in the path. */
export interface RegexRewriteArgs {
  /** What to look for. */
  pattern: RegexPatternArgs;
  /** What to put there; `\1` to `\9` are the groups found. */
  substitution: Input<string>;
}

/** Sends requests to destinations. */
export interface ForwardToArgs {
  /** Destinations, by weight. Default: the table's `defaultDestination`. */
  destinations?: DestinationArgs[];
  /** New path: replaces the matched prefix, or the whole path after an exact match. Refused with a regex match. Default: unchanged. */
  pathRewrite?: Input<string>;
  /** Rewrites the path by a regular expression. Excludes `pathRewrite`. */
  regexRewrite?: RegexRewriteArgs;
  /** New Host header. Default: unchanged. */
  hostRewrite?: Input<string>;
  /** Set the Host header to the host of the chosen destination. Excludes `hostRewrite`. Default false. */
  autoHostRewrite?: boolean;
}

/** Answers with a redirect. At least one of `hostRedirect` and `pathRedirect`. */
export interface RedirectArgs {
  /** New host. Default: the request's. */
  hostRedirect?: Input<string>;
  /** New path, replacing the whole path; the query stays. Default: the request's. */
  pathRedirect?: Input<string>;
  /** Status code. Default `MOVED_PERMANENTLY`. */
  responseCode?: Input<RedirectCode>;
}

/** Answers without asking any destination. */
export interface DirectResponseArgs {
  /** Status code, 200 to 599. */
  status: Input<number>;
  /** Body of the answer, at most 1 MiB. Default: empty. */
  body?: Input<string>;
}

/** In which order the routes of other tables are tried. Named as in Gloo Platform v2. */
export const SortMethod = {
  /** Tables with a higher `weight` first, those of one weight as they are listed, and the routes of a table as they are written. The default. */
  TableWeight: "TABLE_WEIGHT",
  /**
   * By the most specific path of a route: exact paths, then regular expressions, then prefixes, the longer ones first. Other conditions do not count, and
   * routes that are alike in this keep the order of `TABLE_WEIGHT`.
   */
  RouteSpecificity: "ROUTE_SPECIFICITY",
} as const;
export type SortMethod = (typeof SortMethod)[keyof typeof SortMethod];

/** Some of the tables that are listed: those that fit all that is given. At least one of `labels` and `workspace`. */
export interface RouteTableSelectorArgs {
  /** Labels that a table has; all of them, at least one. Default: any. */
  labels?: { [key: string]: string };
  /** Team that owns a table. Default: any, and none. */
  workspace?: WorkspaceReference;
}

/**
 * Lets the routes of other tables decide.
 *
 * A route of theirs takes a request where the delegating route's matchers and its own hold: conditions add up, and the path of theirs follows the prefix of the
 * delegating route (`/shop` and `/cart` give `/shop/cart`). Labels are handed down, nearer ones first.
 */
export interface DelegateArgs {
  /**
   * The tables, which have neither `hosts` nor `virtualGateways`. At least one. A table of another team must be exported by its own and imported by that of the
   * delegating table.
   */
  routeTables: RouteTableReference[];
  /** Take only those of the tables that it selects. Default: all of them. */
  selector?: RouteTableSelectorArgs;
  /** In which order their routes are tried. Default `TABLE_WEIGHT`. */
  sortMethod?: SortMethod;
}

/** Which requests go where. Exactly one of `forwardTo`, `redirect`, `directResponse` and `delegate`. Follows `HTTPRoute` of Gloo Platform v2. */
export interface HttpRouteArgs {
  /** Name of the route, unique in its table. */
  name: string;
  /** Labels by which policies select routes. Default: none. */
  labels?: { [key: string]: string };
  /**
   * Policies of the route's requests, at most one of each kind; they go before those of the table and the gateway. Those of a route that delegates are for all
   * routes that it delegates to, after those of their own tables. Default: none.
   */
  policies?: PolicyReference[];
  /** The route takes requests that one of these matches. Default: every request. */
  matchers?: HttpMatcherArgs[];
  /** Send requests to destinations. */
  forwardTo?: ForwardToArgs;
  /** Answer with a redirect. */
  redirect?: RedirectArgs;
  /** Answer at once. */
  directResponse?: DirectResponseArgs;
  /** Let the routes of other tables decide. */
  delegate?: DelegateArgs;
}

/** Sends connections to destinations, as they are. */
export interface ForwardConnectionsArgs {
  /** Destinations, by weight: 1 to 100 of them. */
  destinations: DestinationArgs[];
}

/** Conditions on a connection. Follows `TCPRequestMatcher` of Gloo Platform v2. */
export interface TcpMatcherArgs {
  /** Port of the gateway listener at which the connection arrives. Default: every listener for `tcp` routes. */
  port?: Input<number>;
}

/** Which connections go where. Follows `TCPRoute` of Gloo Platform v2. */
export interface TcpRouteArgs {
  /** Name of the route, unique in its table. */
  name: string;
  /** The route takes connections that one of these matches. Default: every connection. */
  matchers?: TcpMatcherArgs[];
  /** Where the connections go. */
  forwardTo: ForwardConnectionsArgs;
}

/** Conditions on a TLS connection; all of them must hold. Follows `TLSRequestMatcher` of Gloo Platform v2. */
export interface TlsMatcherArgs {
  /** Server names that clients ask for, at least one: hosts of the table, or names below its wildcards. */
  sniHosts: Input<string>[];
  /** Port of the gateway listener at which the connection arrives. Default: every listener for `tls` routes. */
  port?: Input<number>;
}

/** Which TLS connections go where; nothing opens them on the way. Follows `TLSRoute` of Gloo Platform v2. */
export interface TlsRouteArgs {
  /** Name of the route, unique in its table. */
  name: string;
  /** The route takes connections that one of these matches; at least one. */
  matchers: TlsMatcherArgs[];
  /** Where the connections go. */
  forwardTo: ForwardConnectionsArgs;
}

/** Which requests to some hosts go where. Follows `RouteTable` of Gloo Platform v2. */
export interface RouteTableArgs {
  /** The clusters. */
  fleet: FleetReference;
  /**
   * Team that owns the table. Routes then lead to its own destinations and tables, and to those that others export to it and it imports.
   *
   * Default: nobody; routes then lead to what belongs to nobody.
   */
  workspace?: WorkspaceReference;
  /**
   * Namespace in which the routes for gateways are written, in each of their clusters: one of the workspace's, so that Kubernetes' own rights hold for
   * them. What Istio looks for beside the proxies only (`EnvoyFilter`, `DestinationRule`) stays in the gateway's namespace. Default: the workspace's
   * namespace, in clusters where it owns exactly one; else the gateway's.
   */
  namespace?: string;
  /** Labels by which gateways select route tables, and policies the table's routes. Default: none. */
  labels?: { [key: string]: string };
  /** Hosts that the table serves: names with a dot, or a wildcard as the first label. Default: none, for a table that others delegate to. */
  hosts?: Input<string>[];
  /** Gateways that the table attaches to. Default: none, for a table of `sidecars` or one that others delegate to. */
  virtualGateways?: VirtualGatewayReference[];
  /**
   * Callers with sidecars whose requests and connections to the table's hosts take its routes too. A host is then that of a Service, such as
   * `reviews.shop.svc.cluster.local`, of a virtual destination or of an external service. Of such a caller's requests, those that no `http`
   * route takes get a 404; connections that no route takes go where the host leads. Default: none.
   */
  sidecars?: SidecarsArgs;
  /** Routes of requests, the first that matches wins. At least one of `http`, `tls` and `tcp`. */
  http?: HttpRouteArgs[];
  /** Routes of TLS connections that a listener of mode `PASSTHROUGH` takes, by the server name that clients ask for. Default: none. */
  tls?: TlsRouteArgs[];
  /** Routes of connections at listeners for TCP, or for TLS that the gateway opens; the first that matches wins. Default: none. */
  tcp?: TcpRouteArgs[];
  /** Place among the tables that one route delegates to: those with a higher weight are tried first; -2147483648 to 2147483647. Default 0. */
  weight?: number;
  /** Destination of routes whose `forwardTo` names none. Default: none. */
  defaultDestination?: DestinationArgs;
  /** Policies of the requests of all routes, or of those that a policy selects; for a route at most one of each kind. Default: none. */
  policies?: PolicyReference[];
}
