/** Maps route policies to their fields in an `HTTPRoute` of networking.istio.io/v1. */
import type { RoutePolicyKind } from "../../kinds/kinds.js";
import type { Json } from "../../kube/object.js";
import type { HeaderChanges } from "../../model/header-manipulation-policy.js";
import type { OwnFilterKind } from "../../plan/filter-order.js";
import type { AppliedPolicy, PlannedRoutePolicies } from "../../plan/planned-route-policies.js";
import { renderDestination } from "./destination.js";

type Fields = { readonly [field: string]: Json };

/** Policies that Istio offers as route fields, some of which it renders to filters of its own. */
type FieldKind = Exclude<RoutePolicyKind, OwnFilterKind>;

/** Renders each kind to route fields. */
const FIELDS: { readonly [K in FieldKind]: (policy: AppliedPolicy<K>) => Fields } = {
  HeaderManipulationPolicy: (policy) => ({ headers: renderHeaders(policy) }),
  CORSPolicy: (policy) => ({ corsPolicy: renderCors(policy) }),
  FaultInjectionPolicy: (policy) => ({ fault: renderFault(policy) }),
  MirrorPolicy: (policy) => ({ mirrors: [renderMirror(policy)] }),
  RetryTimeoutPolicy: renderRetryTimeout,
};

const FIELD_KINDS = Object.keys(FIELDS) as readonly FieldKind[];

/** Returns the policy fields of one route. */
export function renderRoutePolicies(policies: PlannedRoutePolicies): Fields {
  return Object.assign({}, ...FIELD_KINDS.map((kind) => renderKind(kind, policies))) as Fields;
}

function renderKind<K extends FieldKind>(kind: K, policies: PlannedRoutePolicies): Fields {
  const policy: AppliedPolicy<K> | undefined = policies[kind];
  return policy === undefined ? {} : FIELDS[kind](policy);
}

function renderRetryTimeout({ value: { requestTimeout, retries } }: AppliedPolicy<"RetryTimeoutPolicy">): Fields {
  return {
    ...(requestTimeout !== undefined && { timeout: requestTimeout }),
    ...(retries && { retries: { ...retries } }),
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

/** The percentage is always written, because Istio treats a missing one as 0%. */
function renderFault({ value: { delay, abort } }: AppliedPolicy<"FaultInjectionPolicy">): Json {
  return {
    ...(delay && { delay: { fixedDelay: delay.fixedDelay, percentage: { value: delay.percentage } } }),
    ...(abort && { abort: { httpStatus: abort.httpStatus, percentage: { value: abort.percentage } } }),
  };
}

function renderMirror({ value: { percentage }, targets }: AppliedPolicy<"MirrorPolicy">): Json {
  return { ...(targets && { destination: renderDestination(targets.server) }), percentage: { value: percentage } };
}
