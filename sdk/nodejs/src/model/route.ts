import { RedirectCode, type SortMethod } from "../args/route-table.js";
import type { Leaf } from "./deferred.js";
import type { RouteDestination } from "./destination.js";
import type { Matcher } from "./match.js";
import type { PolicyReference } from "./policy-reference.js";
import type { WorkspaceReference } from "./workspace-reference.js";
/** A rewrite of the path of forwarded requests. */
export type PathRewrite =
  | { readonly kind: "replace"; readonly value: string }
  | { readonly kind: "regex"; readonly pattern: string; readonly substitution: string };

/** A rewrite of the Host header of forwarded requests; `destination` uses the destination's host. */
export type HostRewrite = { readonly kind: "literal"; readonly value: string } | { readonly kind: "destination" };

/** The action of a route. */
export type Action =
  | {
      readonly kind: "forward";
      readonly destinations: readonly RouteDestination[];
      readonly path?: PathRewrite;
      readonly host?: HostRewrite;
    }
  | { readonly kind: "redirect"; readonly host?: string; readonly path?: string; readonly code: Leaf<RedirectCode> }
  | { readonly kind: "directResponse"; readonly status: Leaf<number>; readonly body?: string }
  | Delegation;

/** Delegates to the routes of other tables. */
export interface Delegation {
  readonly kind: "delegate";
  readonly tables: readonly string[];
  /** Selects among these tables; absent for all of them. */
  readonly selector?: TableSelector;
  readonly sortMethod: SortMethod;
}

/** Selects tables that have all of these labels and belong to this workspace. */
export interface TableSelector {
  readonly labels?: Readonly<Record<string, string>>;
  readonly workspace?: WorkspaceReference;
}

/** Requests with a common action and policies. */
export interface Route {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly matchers: readonly Matcher[];
  readonly action: Action;
  readonly policies: readonly PolicyReference[];
}

/** Conditions on a connection. */
export interface ConnectionMatcher {
  readonly port?: Leaf<number>;
  /** Server names in lower case, unless deferred; absent if the route ignores them. */
  readonly sniHosts?: readonly string[];
}

/** Connections with common destinations. */
export interface ConnectionRoute {
  readonly name: string;
  readonly matchers: readonly ConnectionMatcher[];
  readonly destinations: readonly RouteDestination[];
}

/** The status code of each redirect. */
export const REDIRECT_STATUS: Readonly<Record<RedirectCode, number>> = {
  [RedirectCode.MovedPermanently]: 301,
  [RedirectCode.Found]: 302,
  [RedirectCode.SeeOther]: 303,
  [RedirectCode.TemporaryRedirect]: 307,
  [RedirectCode.PermanentRedirect]: 308,
};
