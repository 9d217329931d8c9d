import { isDeferred } from "../model/deferred.js";
import { REDIRECT_STATUS } from "../model/route.js";
import { FILTER_ORDER, type FilterKind } from "../plan/filter-order.js";
import type { AppliedPolicy, PlannedRoutePolicies } from "../plan/planned-route-policies.js";
import type { PlannedAction } from "../plan/types.js";
import { ChangedHeaders } from "./changed-headers.js";
import type { Decision, Direct, Redirect, Taken, Target } from "./decision.js";
import { type EnvoyRoute, routeNamesOf } from "./envoy-route.js";
import { compileExpression } from "./expression.js";
import type { Incoming } from "./incoming.js";
import { SIMULATED_POLICIES } from "./policies/simulated-policies.js";
import type { Filtered, FilteringPolicy } from "./policies/simulated-policy.js";

type Action<K extends PlannedAction["kind"]> = Extract<PlannedAction, { readonly kind: K }>;

/** Returns the targets of a forwarding route for requests with this Host header. */
export type TargetsOf = (action: Action<"forward">, authority: string) => readonly Target[];

/** Returns the outcome of a request on the Envoy route that matched it. Policies apply first. */
export function answer(envoyRoute: EnvoyRoute, request: Incoming, targets: TargetsOf): Decision {
  const { action, policies } = envoyRoute.route;
  const taken: Taken = {
    ...routeNamesOf(envoyRoute),
    ...(envoyRoute.matcher && { matcher: envoyRoute.matcher.index }),
    ...(policies && { policies }),
  };
  const headers = new ChangedHeaders(request);
  const early = policies && answerByFilters(policies, { taken, request, headers });
  if (early !== undefined) return early;
  const changedHeaders = headers.changes;
  switch (action.kind) {
    case "forward":
      return {
        kind: "forward",
        ...taken,
        path: pathAfter({ envoyRoute, request, action }),
        targets: targets(action, request.authority),
        ...(changedHeaders && { changedHeaders }),
      };
    case "redirect":
      return redirect(taken, request, action);
    case "directResponse":
      return direct(taken, request, action);
  }
}

const FILTERS: { readonly [K in FilterKind]: FilteringPolicy<K> } = SIMULATED_POLICIES;

/** Returns the response of a filter, or undefined if the route decides. */
function answerByFilters(policies: PlannedRoutePolicies, filtered: Filtered): Decision | undefined {
  for (const kind of FILTER_ORDER) {
    const decision = answerByFilter(kind, policies, filtered);
    if (decision !== undefined) return decision;
  }
  return undefined;
}

function answerByFilter<K extends FilterKind>(
  kind: K,
  policies: PlannedRoutePolicies,
  filtered: Filtered,
): Decision | undefined {
  const policy: AppliedPolicy<K> | undefined = policies[kind];
  return policy === undefined ? undefined : FILTERS[kind].filter(policy, filtered);
}

interface Forwarding {
  readonly envoyRoute: EnvoyRoute;
  readonly request: Incoming;
  readonly action: Action<"forward">;
}

/**
 * Envoy: currentUrlPathAfterRewriteWithMatchedPath (source/common/router/config_impl.cc). The result is not normalized
 * again.
 */
function pathAfter({ envoyRoute, request: { path, query }, action }: Forwarding): string {
  const rewrite = action.path;
  if (rewrite === undefined) return path + query;
  if (rewrite.kind === "regex") {
    const rewritten = compileExpression(rewrite.pattern).replaceAll(path, rewrite.substitution);
    // Envoy forwards no empty path: it keeps the one that it matched
    return (rewritten === "" ? path : rewritten) + query;
  }
  const uri = envoyRoute.matcher?.content.uri;
  // an expression or an exact path matches the whole path, no condition the prefix `/`
  const matched = uri === undefined ? 1 : uri.kind === "prefix" ? uri.value.length : path.length;
  return rewrite.value + path.slice(matched) + query;
}

/** Envoy: Utility::newUri (source/common/http/utility.cc). The scheme stays, and therefore a port in Host does too. */
function redirect(taken: Taken, request: Incoming, action: Action<"redirect">): Redirect {
  const host = action.host ?? request.authority;
  const path =
    action.path === undefined
      ? request.path + request.query
      : action.path.includes("?")
        ? action.path
        : action.path + request.query;
  const location = `${request.scheme}://${host}${path}`;
  return { kind: "redirect", ...taken, status: isDeferred(action.code) ? 0 : REDIRECT_STATUS[action.code], location };
}

function direct(taken: Taken, request: Incoming, { status, body }: Action<"directResponse">): Direct {
  const isSeen = body !== undefined && body !== "" && request.method !== "HEAD" && status !== 204 && status !== 304;
  const isMoved = !isDeferred(status) && (status === 201 || (status >= 300 && status < 400));
  const { scheme, authority, path, query } = request;
  return {
    kind: "direct",
    ...taken,
    status,
    ...(isSeen && { body }),
    ...(isMoved && { location: `${scheme}://${authority}${path}${query}` }),
  };
}

/**
 * The redirect of a listener. Envoy: createSslRedirectPath (source/common/http/utility.cc) keeps Host unchanged, its
 * port included.
 */
export function redirectToHttps({ authority, path, query }: Incoming): Redirect {
  return { kind: "redirect", status: 301, location: `https://${authority}${path}${query}` };
}
