import { RedirectCode } from "../args/route-table.js";
import { isDeferred } from "../model/deferred.js";
import type { PlannedRoutePolicies } from "../plan/route-policies.js";
import type { PlannedAction } from "../plan/types.js";
import { ChangedHeaders } from "./changed-headers.js";
import type { Decision, Direct, Redirect, Taken, Target } from "./decision.js";
import type { Entry } from "./entry.js";
import { compileExpression } from "./expression.js";
import { isRefusedForgery } from "./forgery.js";
import type { Incoming } from "./incoming.js";
import { answerPreflight } from "./preflight.js";
import { judgeTokens, type TokenVerdict } from "./tokens.js";
import { transformRequest } from "./transformation.js";

type Action<K extends PlannedAction["kind"]> = Extract<PlannedAction, { readonly kind: K }>;

/** The targets of a route that forwards, for requests with this Host header. */
export type TargetsOf = (action: Action<"forward">, authority: string) => readonly Target[];

/** What an entry's route does with a request that it took; policies come first. */
export function answer(entry: Entry, request: Incoming, targets: TargetsOf): Decision {
  const { action, policies } = entry.route;
  const taken: Taken = {
    table: entry.table.maker.name,
    route: entry.route.name,
    ...(entry.matcher && { matcher: entry.matcher.index }),
    ...(policies && { policies }),
  };
  const early = policies && answerByPolicy(taken, request, policies);
  if (early !== undefined) return early;
  const headers = new ChangedHeaders(request);
  const tokens = policies?.JWTPolicy && judgeTokens(policies.JWTPolicy.value, request, headers);
  if (tokens !== undefined && tokens.kind !== "passed") return withoutToken(taken, request, tokens);
  if (policies?.TransformationPolicy) transformRequest(policies.TransformationPolicy.value, request, headers);
  const changedHeaders = headers.changes;
  switch (action.kind) {
    case "forward":
      return {
        kind: "forward",
        ...taken,
        path: pathAfter({ entry, request, action }),
        targets: targets(action, request.authority),
        ...(changedHeaders && { changedHeaders }),
      };
    case "redirect":
      return redirect(taken, request, action);
    case "directResponse":
      return direct(taken, request, action);
  }
}

/** What a policy answers every such request with, in the order of Envoy's filters; undefined where the route decides. */
function answerByPolicy(taken: Taken, request: Incoming, policies: PlannedRoutePolicies): Decision | undefined {
  const fault = policies.FaultInjectionPolicy?.value.abort;
  if (fault?.percentage === 100) {
    // Envoy: FaultFilter::abortWithStatus (source/extensions/filters/http/fault/fault_filter.cc)
    const body = request.method === "HEAD" ? {} : { body: "fault filter abort" };
    return { kind: "aborted", ...taken, status: fault.httpStatus, ...body, by: "FaultInjectionPolicy" };
  }
  const headers = policies.CORSPolicy && answerPreflight(policies.CORSPolicy.value, request);
  if (headers !== undefined) return { kind: "preflight", ...taken, status: 200, headers };
  if (policies.CSRFPolicy && isRefusedForgery(policies.CSRFPolicy.value, request))
    return { kind: "aborted", ...taken, status: 403, body: "Invalid origin", by: "CSRFPolicy" };
  return undefined;
}

function withoutToken(
  taken: Taken,
  { method }: Incoming,
  verdict: Exclude<TokenVerdict, { readonly kind: "passed" }>,
): Decision {
  if (verdict.kind === "notKnownYet") return { kind: "unanswered", reason: "notKnownYet", candidates: [] };
  const body = method === "HEAD" ? {} : { body: verdict.body };
  return { kind: "aborted", ...taken, status: verdict.status, ...body, by: "JWTPolicy" };
}

interface Forwarding {
  readonly entry: Entry;
  readonly request: Incoming;
  readonly action: Action<"forward">;
}

/** Envoy: currentUrlPathAfterRewriteWithMatchedPath (source/common/router/config_impl.cc). The result is not normalised again. */
function pathAfter({ entry, request: { path, query }, action }: Forwarding): string {
  const rewrite = action.path;
  if (rewrite === undefined) return path + query;
  if (rewrite.kind === "regex")
    return compileExpression(rewrite.pattern).replaceAll(path, rewrite.substitution) + query;
  const uri = entry.matcher?.content.uri;
  // an expression or an exact path stands for the whole path, no condition for the prefix `/`
  const matched = uri === undefined ? 1 : uri.kind === "prefix" ? uri.value.length : path.length;
  return rewrite.value + path.slice(matched) + query;
}

/** The status code of each redirect. */
const STATUS: Readonly<Record<RedirectCode, number>> = {
  [RedirectCode.MovedPermanently]: 301,
  [RedirectCode.Found]: 302,
  [RedirectCode.SeeOther]: 303,
  [RedirectCode.TemporaryRedirect]: 307,
  [RedirectCode.PermanentRedirect]: 308,
};

/** Envoy: Utility::newUri (source/common/http/utility.cc). The scheme stays, and so a port in Host is kept with it. */
function redirect(taken: Taken, request: Incoming, action: Action<"redirect">): Redirect {
  const host = action.host ?? request.authority;
  const path =
    action.path === undefined
      ? request.path + request.query
      : action.path.includes("?")
        ? action.path
        : action.path + request.query;
  const location = `${request.scheme}://${host}${path}`;
  return { kind: "redirect", ...taken, status: isDeferred(action.code) ? 0 : STATUS[action.code], location };
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

/** The redirect of a listener. Envoy: createSslRedirectPath (source/common/http/utility.cc) keeps Host as it is, its port too. */
export function redirectToHttps({ authority, path, query }: Incoming): Redirect {
  return { kind: "redirect", status: 301, location: `https://${authority}${path}${query}` };
}
