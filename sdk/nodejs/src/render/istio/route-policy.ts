/** Maps policies of routes to the fields of an `HTTPRoute` of networking.istio.io/v1 that hold them. */
import type { Json } from "../../kube/object.js";
import type { HeaderChanges } from "../../model/header-manipulation-policy.js";
import type { AppliedPolicy, PlannedRoutePolicies } from "../../plan/route-policies.js";
import { renderDestination } from "./destination.js";

/** The fields of one route. */
export function renderRoutePolicies(policies: PlannedRoutePolicies): { readonly [field: string]: Json } {
  const { RetryTimeoutPolicy: retryTimeout, FaultInjectionPolicy: faultInjection } = policies;
  const { CORSPolicy: cors, HeaderManipulationPolicy: headers, MirrorPolicy: mirror } = policies;
  return {
    ...(headers && { headers: renderHeaders(headers) }),
    ...(cors && { corsPolicy: renderCors(cors) }),
    ...(faultInjection && { fault: renderFault(faultInjection) }),
    ...(mirror && { mirrors: [renderMirror(mirror)] }),
    ...(retryTimeout?.value.requestTimeout !== undefined && { timeout: retryTimeout.value.requestTimeout }),
    ...(retryTimeout?.value.retries && { retries: { ...retryTimeout.value.retries } }),
  };
}

function renderHeaders({ value: { request, response } }: AppliedPolicy<"HeaderManipulationPolicy">): Json {
  const [onRequest, onResponse] = [renderChanges(request), renderChanges(response)];
  return { ...(onRequest && { request: onRequest }), ...(onResponse && { response: onResponse }) };
}

function renderChanges({ remove, set, append }: HeaderChanges): Json | undefined {
  const changes = {
    ...(Object.keys(set).length > 0 && { set }),
    ...(Object.keys(append).length > 0 && { add: append }),
    ...(remove.length > 0 && { remove }),
  };
  return Object.keys(changes).length === 0 ? undefined : changes;
}

function renderCors({ value }: AppliedPolicy<"CORSPolicy">): Json {
  const { allowOrigins, allowMethods, allowHeaders, exposeHeaders, maxAge, allowCredentials } = value;
  return {
    allowOrigins: allowOrigins.map(({ kind, value }) => ({ [kind]: value })),
    ...(allowMethods.length > 0 && { allowMethods }),
    ...(allowHeaders.length > 0 && { allowHeaders }),
    ...(exposeHeaders.length > 0 && { exposeHeaders }),
    ...(maxAge !== undefined && { maxAge }),
    ...(allowCredentials !== false && { allowCredentials }),
  };
}

/** A percentage is always written, because Istio takes a missing one for none. */
function renderFault({ value: { delay, abort } }: AppliedPolicy<"FaultInjectionPolicy">): Json {
  return {
    ...(delay && { delay: { fixedDelay: delay.fixedDelay, percentage: { value: delay.percentage } } }),
    ...(abort && { abort: { httpStatus: abort.httpStatus, percentage: { value: abort.percentage } } }),
  };
}

function renderMirror({ value: { percentage }, targets }: AppliedPolicy<"MirrorPolicy">): Json {
  return { ...(targets && { destination: renderDestination(targets.server) }), percentage: { value: percentage } };
}
