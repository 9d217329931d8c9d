import { JWTValidationPolicy } from "../args/jwt-policy.js";
import { BodyAction } from "../args/transformation-policy.js";
import type { RoutePolicyKind } from "../kinds/kinds.js";
import { isDeferred } from "../model/deferred.js";
import type { HeaderChanges } from "../model/header-manipulation-policy.js";
import type { TextMatch } from "../model/text-match.js";
import { subsetKey } from "../model/topology.js";
import type { Transformation } from "../model/transformation-policy.js";
import type { AppliedPolicy, PlannedRoutePolicies } from "../plan/route-policies.js";
import type { PlannedTarget } from "../plan/types.js";

/** Says what the policies of a route do, a line each, with the name of the policy and the place that lists it. */
export function describeRoutePolicies(policies: PlannedRoutePolicies): readonly string[] {
  const { FaultInjectionPolicy: fault, RetryTimeoutPolicy: retries, TransformationPolicy: changes } = policies;
  const { CORSPolicy: cors, HeaderManipulationPolicy: headers, MirrorPolicy: mirror } = policies;
  const { CSRFPolicy: csrf, HTTPBufferPolicy: buffer, JWTPolicy: tokens, RateLimitPolicy: limit } = policies;
  const { ExtAuthPolicy: auth } = policies;
  return [
    ...(cors ? [line("CORSPolicy", cors, describeCors(cors))] : []),
    ...(csrf ? [line("CSRFPolicy", csrf, describeCsrf(csrf))] : []),
    ...(auth ? [line("ExtAuthPolicy", auth, describeAuth(auth))] : []),
    ...(fault ? [line("FaultInjectionPolicy", fault, describeFault(fault))] : []),
    ...(buffer ? [line("HTTPBufferPolicy", buffer, describeBuffer(buffer))] : []),
    ...(headers ? [line("HeaderManipulationPolicy", headers, describeHeaders(headers))] : []),
    ...(tokens ? [line("JWTPolicy", tokens, describeTokens(tokens))] : []),
    ...(mirror ? [line("MirrorPolicy", mirror, describeMirror(mirror))] : []),
    ...(limit ? [line("RateLimitPolicy", limit, describeLimit(limit))] : []),
    ...(retries ? [line("RetryTimeoutPolicy", retries, describeRetries(retries))] : []),
    ...(changes ? [line("TransformationPolicy", changes, describeTransformation(changes))] : []),
  ];
}

const PLACES = {
  route: "",
  table: " of the table",
  delegatingRoute: " of the route",
  delegatingTable: " of the table",
  gateway: " of the gateway",
} as const;

function line(
  kind: RoutePolicyKind,
  { name, level, by }: { readonly name: string; readonly level: keyof typeof PLACES; readonly by?: string },
  does: string,
): string {
  return `${kind} ${name}${PLACES[level]}${by === undefined ? "" : ` ${by}`}: ${does}`;
}

function describeFault({ value: { delay, abort } }: AppliedPolicy<"FaultInjectionPolicy">): string {
  return [
    ...(delay ? [`${part(delay.percentage)} wait ${shown(delay.fixedDelay)}`] : []),
    ...(abort ? [`${part(abort.percentage)} are answered ${shown(abort.httpStatus)}`] : []),
  ].join(", ");
}

function describeCors({ value: { allowOrigins, allowMethods } }: AppliedPolicy<"CORSPolicy">): string {
  const methods = allowMethods.length === 0 ? "" : ` with ${allowMethods.map(shown).join(", ")}`;
  return `pages of ${allowOrigins.map(describeMatch).join(", ")} may use it${methods}`;
}

function describeMatch({ kind, value }: TextMatch): string {
  return kind === "exact" ? shown(value) : `${kind} ${shown(value)}`;
}

function describeCsrf({ value }: AppliedPolicy<"CSRFPolicy">): string {
  const { filterEnabled, percentage, additionalOrigins } = value;
  const does = filterEnabled === true ? "refused" : filterEnabled === false ? "counted" : "refused or counted";
  const sources = ["its own host", ...additionalOrigins.map(describeMatch)].join(" or ");
  return `of ${part(percentage)} those that change something and don't come from ${sources} are ${does}`;
}

function describeBuffer({ value: { maxRequestBytes } }: AppliedPolicy<"HTTPBufferPolicy">): string {
  return `bodies of at most ${shown(maxRequestBytes)} bytes, else 413`;
}

function describeTokens({ value, targets = {} }: AppliedPolicy<"JWTPolicy">): string {
  const { providers, claims, requiredScopes, validationPolicy } = value;
  const issuers = Object.entries(providers).map(([name, { issuer, audiences }]) => {
    const audience = audiences.length === 0 ? "" : ` for ${audiences.map(shown).join(" or ")}`;
    return `${shown(issuer ?? name)}${audience}`;
  });
  const rules = claims.flatMap(({ key, values, notValues }) => [
    ...(values === undefined ? [] : [`${shown(key)} ${values.map(shown).join(" or ")}`]),
    ...(notValues.length === 0 ? [] : [`${shown(key)} not ${notValues.map(shown).join(" nor ")}`]),
  ]);
  const scopes = requiredScopes.length === 0 ? [] : [`scope ${requiredScopes.map(shown).join(" and ")}`];
  const must = [...rules, ...scopes];
  const else403 = must.length === 0 ? "" : `, with ${must.join(", ")}, else 403`;
  const servers = Object.entries(targets).map(([name, target]) => `${describeServer(target)} (${name})`);
  const keys =
    servers.length === 0 ? "" : `; keys are at ${servers.join(" and ")}, and a token that fits counts as signed here`;
  return `${NEED[String(validationPolicy)] ?? "requests with a token"} of ${issuers.join(" or ")}${else403}${keys}`;
}

/** What becomes of requests without a token, by `validationPolicy`. */
const NEED: Readonly<Record<string, string>> = {
  [JWTValidationPolicy.RequireValid]: "requests need a valid token, else 401,",
  [JWTValidationPolicy.AllowMissing]: "requests have no token or a valid one, else 401,",
  [JWTValidationPolicy.AllowMissingOrFailed]: "requests may have a token",
};

function describeLimit({ value: { local, global }, targets }: AppliedPolicy<"RateLimitPolicy">): string {
  if (local === undefined) {
    const failing =
      global?.denyOnFail === true ? "gets 500" : global?.denyOnFail === false ? "passes" : "passes or not";
    return `asks ${describeServer(targets?.server)} whether ${shown(global?.domain)} takes it, else 429; while that fails a request ${failing}`;
  }
  const { requestsPerUnit, unit, burst } = local;
  const atOnce = burst === requestsPerUnit ? "" : `, ${shown(burst)} at once`;
  return `each proxy takes ${shown(requestsPerUnit)} requests a ${shown(unit).toLowerCase()}${atOnce}, else 429`;
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

function describeAuth({
  value: { http, failureModeAllow, statusOnError },
  targets,
}: AppliedPolicy<"ExtAuthPolicy">): string {
  const server = `${describeServer(targets?.server)}${http === undefined ? "" : " over HTTP"}`;
  const failing =
    failureModeAllow === true
      ? "passes"
      : failureModeAllow === false
        ? `gets ${shown(statusOnError)}`
        : "passes or not";
  return `asks ${server} first; what that allows goes on as here, and while it fails a request ${failing}`;
}

function describeMirror({ value: { percentage }, targets }: AppliedPolicy<"MirrorPolicy">): string {
  return `${part(percentage)} are copied to ${describeServer(targets?.server)}`;
}

/** Where a policy's own requests go. */
function describeServer(target: PlannedTarget | undefined): string {
  if (target === undefined) return "?";
  const subset = target.subset === undefined ? "" : `, subset ${subsetKey(target.subset.labels)}`;
  return `${shown(target.host)}:${shown(target.port)}${subset}`;
}

function describeTransformation({ value: { request, response } }: AppliedPolicy<"TransformationPolicy">): string {
  return [
    ...(request ? describeTemplates("request", request) : []),
    ...(response ? describeTemplates("answer", response) : []),
  ].join("; ");
}

function describeTemplates(of: string, { headers, body }: Transformation): readonly string[] {
  const changes = Object.entries(headers).map(([name, { text }]) => `${name}: ${text}`);
  const names = Object.keys(body?.json ?? {}).join(", ");
  const isWhole = body?.action === BodyAction.Replace;
  return [
    ...(changes.length === 0 ? [] : [`${of} ${changes.join(", ")}`]),
    ...(body === undefined ? [] : [`${of} with ${isWhole ? "nothing but " : ""}${names} in its JSON body`]),
  ];
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
