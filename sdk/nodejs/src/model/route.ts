import { RedirectCode, type SortMethod } from "../args/route-table.js";
import type { Leaf } from "./deferred.js";
import type { RouteDestination } from "./destination.js";
import type { Matcher } from "./match.js";
import type { PolicyReference } from "./policy-reference.js";
import type { WorkspaceReference } from "./workspace-reference.js";
/** What changes in the path of a forwarded request. */
export type PathRewrite =
  | { readonly kind: "replace"; readonly value: string }
  | { readonly kind: "regex"; readonly pattern: string; readonly substitution: string };

/** What changes in the Host header of a forwarded request; `destination` takes the destination's host. */
export type HostRewrite = { readonly kind: "literal"; readonly value: string } | { readonly kind: "destination" };

/** What a route does. */
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

/** Lets the routes of other tables decide. */
export interface Delegation {
  readonly kind: "delegate";
  readonly tables: readonly string[];
  /** Which of these tables are meant; all where it is absent. */
  readonly selector?: TableSelector;
  readonly sortMethod: SortMethod;
}

/** Tables that have all of these labels and belong to this workspace. */
export interface TableSelector {
  readonly labels?: Readonly<Record<string, string>>;
  readonly workspace?: WorkspaceReference;
}

/** Which requests are treated in one way. */
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
  /** Server names in small letters, unless deferred; absent where connections are not told apart by them. */
  readonly sniHosts?: readonly string[];
}

/** Which connections are treated in one way. */
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
