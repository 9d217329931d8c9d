import { isDeferred } from "../model/deferred.js";
import type { HeaderChanges } from "../model/header-manipulation-policy.js";
import type { RoutePolicyKind } from "../model/policy.js";
import type { AppliedPolicy, PlannedRoutePolicies } from "../plan/route-policies.js";

/** Says what the policies of a route do, a line each, with the name of the policy and the place that lists it. */
export function describeRoutePolicies(policies: PlannedRoutePolicies): readonly string[] {
  const { FaultInjectionPolicy: fault, RetryTimeoutPolicy: retries } = policies;
  const { CORSPolicy: cors, HeaderManipulationPolicy: headers } = policies;
  return [
    ...(cors ? [line("CORSPolicy", cors, describeCors(cors))] : []),
    ...(fault ? [line("FaultInjectionPolicy", fault, describeFault(fault))] : []),
    ...(headers ? [line("HeaderManipulationPolicy", headers, describeHeaders(headers))] : []),
    ...(retries ? [line("RetryTimeoutPolicy", retries, describeRetries(retries))] : []),
  ];
}

const PLACES = { route: "", table: " of the table", gateway: " of the gateway" } as const;

function line(
  kind: RoutePolicyKind,
  { name, level }: { name: string; level: keyof typeof PLACES },
  does: string,
): string {
  return `${kind} ${name}${PLACES[level]}: ${does}`;
}

function describeFault({ value: { delay, abort } }: AppliedPolicy<"FaultInjectionPolicy">): string {
  return [
    ...(delay ? [`${part(delay.percentage)} wait ${shown(delay.fixedDelay)}`] : []),
    ...(abort ? [`${part(abort.percentage)} are answered ${shown(abort.httpStatus)}`] : []),
  ].join(", ");
}

function describeCors({ value: { allowOrigins, allowMethods } }: AppliedPolicy<"CORSPolicy">): string {
  const origins = allowOrigins.map(({ kind, value }) => (kind === "exact" ? shown(value) : `${kind} ${shown(value)}`));
  const methods = allowMethods.length === 0 ? "" : ` with ${allowMethods.map(shown).join(", ")}`;
  return `pages of ${origins.join(", ")} may use it${methods}`;
}

function describeHeaders({ value: { request, response } }: AppliedPolicy<"HeaderManipulationPolicy">): string {
  return [...describeChanges("request", request), ...describeChanges("answer", response)].join("; ");
}

function describeChanges(of: string, { remove, set, append }: HeaderChanges): readonly string[] {
  const changes = [
    ...remove.map((name) => `less ${shown(name)}`),
    ...Object.entries(set).map(([name, value]) => `${name}: ${shown(value)}`),
    ...Object.entries(append).map(([name, value]) => `added ${name}: ${shown(value)}`),
  ];
  return changes.length === 0 ? [] : [`${of} ${changes.join(", ")}`];
}

function part(percentage: unknown): string {
  return percentage === 100 ? "all requests" : `${shown(percentage)}% of the requests`;
}

function describeRetries({ value: { retries, requestTimeout } }: AppliedPolicy<"RetryTimeoutPolicy">): string {
  const parts: string[] = [];
  if (retries?.attempts === 0) parts.push("no retries");
  else if (retries !== undefined) {
    const { attempts, retryOn, perTryTimeout } = retries;
    const each = perTryTimeout === undefined ? "" : ` of ${shown(perTryTimeout)} each`;
    parts.push(`up to ${shown(attempts)} more tries${each}${retryOn === undefined ? "" : ` after ${shown(retryOn)}`}`);
  }
  if (requestTimeout !== undefined) parts.push(`at most ${shown(requestTimeout)} in all`);
  return parts.join(", ");
}

function shown(value: unknown): string {
  return isDeferred(value) ? "?" : String(value);
}
