/** Tables whose routes are chosen by claims of verified tokens, as arguments. */
import fc from "fast-check";
import { defined } from "../../support/arbitraries/names.js";
import { EXAMPLE_KEYS } from "../../support/example-tokens.js";
import { FLEET } from "../rig/world.js";
import type { Args } from "./backends.js";
import type { MatcherArgs } from "./conditions.js";
import { type Backends, type RouteArgs, routesArgs } from "./routes.js";

/** Conditions on claims that the example tokens have, and nearly have. */
const claim = fc.constantFrom<Args>(
  { key: "role", values: ["admin"] },
  { key: "role", values: ["user", "admin"] },
  { key: "role", values: ["a.min", "user|admin"] },
  { key: "groups", values: ["staff", "3"] },
  { key: "scope", values: ["read"] },
  { key: "level", values: ["3"] },
  { key: "vip", values: ["true"] },
  { key: "address.country", values: ["fi", "se"], nestedClaimDelimiter: "." },
  { key: "address.country", values: ["fi"] },
  { key: "absent", values: ["x"] },
);

const claims = fc.uniqueArray(claim, { minLength: 1, maxLength: 2, selector: ({ key }) => key });

/** Routes, some of which ask for claims, and a last one that takes whatever comes before its token is verified. */
function withClaims(routes: readonly RouteArgs[]): fc.Arbitrary<readonly RouteArgs[]> {
  const changed = routes.map((route) =>
    fc
      .tuple(
        ...(route.matchers ?? [{}]).map((matcher) =>
          fc.oneof(
            { weight: 2, arbitrary: claims.map((all): MatcherArgs => ({ ...matcher, claims: all })) },
            { weight: 1, arbitrary: fc.constant(matcher) },
          ),
        ),
      )
      .map((matchers): RouteArgs => ({ ...route, matchers })),
  );
  const last: RouteArgs = { name: "rest", directResponse: { status: 200, body: "rest" } };
  return fc.tuple(...changed).map((all) => [...all, last]);
}

/** Policies that verify most of the example tokens, or of which one half is of somebody else. */
export const claimPolicyArgs: fc.Arbitrary<Args> = fc
  .record({
    issuers: fc.constantFrom([undefined], ["https://a.test"], [undefined, "https://b.test"]),
    keys: fc.shuffledSubarray([...EXAMPLE_KEYS], { minLength: 2, maxLength: 2 }),
    claimsToHeaders: fc.constantFrom(undefined, [{ claim: "role", header: "x-role" }]),
    keepToken: fc.constantFrom(undefined, true),
    validationPolicy: fc.constantFrom(undefined, "ALLOW_MISSING", "ALLOW_MISSING_OR_FAILED"),
  })
  .map(({ issuers, keys, claimsToHeaders, keepToken, validationPolicy }) => {
    const providers = issuers.map((issuer, index) => [
      `p${index}`,
      defined({ issuer, local: { inline: keys[index] }, claimsToHeaders, keepToken }),
    ]);
    return defined({ providers: Object.fromEntries(providers), validationPolicy });
  });

/** A table at these gateways, all of whose requests meet this policy. */
export function claimTableArgs(
  host: string,
  gateways: readonly string[],
  backends: Backends,
  policy: string,
): fc.Arbitrary<Args> {
  return fc
    .record({
      fleet: fc.constant(FLEET),
      hosts: fc.constant([host]),
      virtualGateways: fc.constant([...gateways]),
      policies: fc.constant([policy]),
      http: routesArgs(backends, fc.constant(undefined)).chain(withClaims),
    })
    .map(defined);
}
