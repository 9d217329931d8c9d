/**
 * Maps `JWTPolicy` to Envoy's filters `jwt_authn` and, for claim rules, `rbac`. Tested with upstream Envoy 1.40 and
 * istiod 1.31.
 */
import { JWTValidationPolicy } from "../../args/jwt-policy.js";
import type { Json } from "../../kube/object.js";
import { type ClaimName, claimPath } from "../../model/claim-match.js";
import { derive } from "../../model/deferred.js";
import { parseJwks } from "../../model/jwks.js";
import type { JWTProvider, TokenKeys } from "../../model/jwt-policy.js";
import type { AppliedPolicy } from "../../plan/planned-route-policies.js";
import type { PlannedTarget } from "../../plan/planned-target.js";
import { envoyCluster } from "./destination.js";
import { envoyDuration, envoyType, type HttpFilter, type HttpFilterRenderer } from "./http-filter.js";

type Applied = AppliedPolicy<"JWTPolicy">;
type Policy = Applied["value"];

/** Metadata namespace in which `jwt_authn` leaves verified claims for later filters. */
const METADATA = "envoy.filters.http.jwt_authn";

/** Key of the token's payload there. */
const PAYLOAD = "meshway";

/** The key at which Istio's conditions on claims look for it. */
const ROUTED_PAYLOAD = "payload";

/** Name of the filter's requirement, which its routes refer to. */
const REQUIRED = "tokens";

/**
 * Returns one filter for each policy that verifies the tokens of its routes, and one for all routes that checks claims.
 *
 * Policies don't share a filter, because `jwt_authn` removes from requests every header that any of its providers would
 * write.
 */
export const jwtFilters: HttpFilterRenderer = (table, scope) => {
  const applied = appliedByRoute(table);
  const policies = new Map([...applied.values()].map((each) => [each.name, each]));
  const routing = new Set(
    table.routes.flatMap(({ policies, matchers }) =>
      policies?.JWTPolicy !== undefined && matchers.some(({ claims }) => claims) ? [policies.JWTPolicy.name] : [],
    ),
  );
  return [
    ...[...policies.values()].map((policy) =>
      tokenFilter(policy, applied, { scope, routes: routing.has(policy.name) }),
    ),
    ...claimFilters(applied, routing, scope),
  ];
};

function appliedByRoute(table: Parameters<HttpFilterRenderer>[0]): ReadonlyMap<string, Applied> {
  return new Map(
    table.routes.flatMap(({ name, policies }) =>
      policies?.JWTPolicy === undefined ? [] : [[name, policies.JWTPolicy] as const],
    ),
  );
}

function tokenFilter(
  { name, value, targets = {} }: Applied,
  applied: ReadonlyMap<string, Applied>,
  { scope, routes }: { readonly scope: string; readonly routes: boolean },
): HttpFilter {
  const settings: Json = {
    "@type": envoyType("extensions.filters.http.jwt_authn.v3.PerRouteConfig"),
    requirement_name: REQUIRED,
  };
  return {
    name: `meshway.jwt.${scope}.${name}`,
    settings: {
      "@type": envoyType("extensions.filters.http.jwt_authn.v3.JwtAuthentication"),
      providers: Object.fromEntries(
        Object.entries(value.providers).map(([each, provider]) => [
          each,
          renderProvider(provider, targets[each], routes),
        ]),
      ),
      requirement_map: { [REQUIRED]: renderRequirement(value) },
    },
    routes: new Map([...applied].flatMap(([route, each]) => (each.name === name ? [[route, settings] as const] : []))),
  };
}

function renderProvider(provider: JWTProvider, target: PlannedTarget | undefined, routes: boolean): Json {
  const { issuer, audiences, tokenSource, keys, claimsToHeaders, outputPayloadToHeader } = provider;
  return {
    ...(issuer !== undefined && { issuer }),
    ...(audiences.length > 0 && { audiences }),
    from_headers: tokenSource.headers.map(({ name, prefix }) => ({
      name,
      ...(prefix !== "" && { value_prefix: prefix }),
    })),
    ...(tokenSource.queryParams.length > 0 && { from_params: tokenSource.queryParams }),
    ...renderKeys(keys, target),
    forward: provider.keepToken,
    clock_skew_seconds: provider.clockSkewSeconds,
    ...renderPayload(routes),
    ...(claimsToHeaders.length > 0 && {
      claim_to_headers: claimsToHeaders.map(({ claim, header }) => ({ claim_name: claim, header_name: header })),
    }),
    ...(outputPayloadToHeader !== undefined && { forward_payload_header: outputPayloadToHeader }),
  };
}

/** Where claims decide on routes, the route is chosen again once they are there. */
function renderPayload(routes: boolean): { readonly [field: string]: Json } {
  return {
    payload_in_metadata: payloadKey(routes),
    // as a list, so that a single scope can be matched
    normalize_payload_in_metadata: { space_delimited_claims: ["scope"] },
    ...(routes && { clear_route_cache: true }),
  };
}

function payloadKey(routes: boolean): string {
  return routes ? ROUTED_PAYLOAD : PAYLOAD;
}

function renderKeys(keys: TokenKeys, target: PlannedTarget | undefined): { readonly [field: string]: Json } {
  if (keys.kind === "local") {
    const { inline } = keys;
    return { local_jwks: { inline_string: derive([inline], () => usableKeys(inline)) } };
  }
  const { url, timeout, cacheDuration, enableAsyncFetch } = keys;
  const asked = {
    ...(target && { http_uri: { uri: url, cluster: envoyCluster(target), timeout: envoyDuration(timeout) } }),
    cache_duration: envoyDuration(cacheDuration),
    retry_policy: RETRY,
  };
  return {
    remote_jwks: derive(
      [enableAsyncFetch],
      (): Json => (enableAsyncFetch === true ? { ...asked, async_fetch: {} } : asked),
    ),
  };
}

/** Retries of the key request, all within the timeout; Envoy would wait a second before the first one. */
const RETRY = { num_retries: 2, retry_back_off: { base_interval: "0.1s" } };

/** Keeps only usable keys: Envoy rejects the whole listener over a key set that it can't read. */
function usableKeys(inline: string): string {
  const parsed = parseJwks(inline);
  return JSON.stringify({ keys: "problem" in parsed ? [] : parsed.keys });
}

function renderRequirement({ providers, validationPolicy }: Policy): Json {
  const valid: readonly Json[] = Object.keys(providers).map((name) => ({ provider_name: name }));
  return derive([validationPolicy], (): Json => {
    const fallback = FALLBACK_REQUIREMENT[validationPolicy as JWTValidationPolicy];
    const all = fallback === undefined ? valid : [...valid, fallback];
    const [first] = all;
    return all.length === 1 && first !== undefined ? first : { requires_any: { requirements: all } };
  });
}

/** The alternative requirement that also lets a request pass. */
const FALLBACK_REQUIREMENT: Readonly<Record<JWTValidationPolicy, Json | undefined>> = {
  [JWTValidationPolicy.RequireValid]: undefined,
  [JWTValidationPolicy.AllowMissing]: { allow_missing: {} },
  [JWTValidationPolicy.AllowMissingOrFailed]: { allow_missing_or_failed: {} },
};

/** Returns one filter for all routes whose policies have claim rules, or none. */
function claimFilters(
  applied: ReadonlyMap<string, Applied>,
  routing: ReadonlySet<string>,
  scope: string,
): readonly HttpFilter[] {
  const routes = new Map(
    [...applied].flatMap(([route, { name, value }]) => {
      const rules = renderRules(value, payloadKey(routing.has(name)));
      return rules.length === 0 ? [] : [[route, onlyWith(rules)] as const];
    }),
  );
  if (routes.size === 0) return [];
  return [
    {
      name: `meshway.claims.${scope}`,
      settings: { "@type": envoyType("extensions.filters.http.rbac.v3.RBAC") },
      routes,
    },
  ];
}

/** Allows requests that meet all rules, and answers others with 403. */
function onlyWith(rules: readonly Json[]): Json {
  const policy = { permissions: [{ and_rules: { rules } }], principals: [{ any: true }] };
  return {
    "@type": envoyType("extensions.filters.http.rbac.v3.RBACPerRoute"),
    rbac: { rules: { action: "ALLOW", policies: { claims: policy } } },
  };
}

function renderRules({ claims, requiredScopes }: Policy, payload: string): readonly Json[] {
  return [
    ...claims.flatMap((claim) => [
      ...(claim.values === undefined ? [] : [renderClaim(claim, claim.values, payload)]),
      ...(claim.notValues.length === 0 ? [] : [{ not_rule: renderClaim(claim, claim.notValues, payload) }]),
    ]),
    ...requiredScopes.map((each) => renderClaim({ key: "scope" }, [each], payload)),
  ];
}

function renderClaim(name: ClaimName, values: readonly string[], payload: string): Json {
  const path = (): Json => [payload, ...claimPath(name)].map((key) => ({ key }));
  return {
    sourced_metadata: {
      metadata_matcher: {
        filter: METADATA,
        path: derive([name.key, name.nestedClaimDelimiter], path),
        value: { or_match: { value_matchers: derive(values, () => values.flatMap(valueMatchers)) } },
      },
    },
  };
}

/** Matches a value as it may appear in a token: on its own or in a list, as string, boolean or number. */
function valueMatchers(value: string): readonly Json[] {
  const alone: readonly Json[] = [
    { string_match: { exact: value } },
    ...(value === "true" || value === "false" ? [{ bool_match: value === "true" }] : []),
    ...(String(Number(value)) === value && Number.isFinite(Number(value))
      ? [{ double_match: { exact: Number(value) } }]
      : []),
  ];
  return [...alone, ...alone.map((each) => ({ list_match: { one_of: each } }))];
}
