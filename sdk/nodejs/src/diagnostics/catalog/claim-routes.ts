import { entry } from "../catalog-entry.js";
import { list, quote } from "../words.js";

/** A policy that two routes must share, and what the other one has. */
export interface DifferingPolicy {
  readonly kind: string;
  /** Absent where the route has none of this kind. */
  readonly own?: string;
  readonly other?: string;
}

/** A header that a matcher reads, and the policy that writes it later. */
export interface WrittenLater {
  readonly route: string;
  readonly header: string;
  readonly kind: string;
  readonly policy: string;
  /** The field that names the header. */
  readonly field: string;
  /** The table of the route that has the policy, unless it is the same. */
  readonly table?: string;
}

function writtenLater({ route, header, kind, policy, field, table }: WrittenLater): string {
  const where = table === undefined ? "" : ` of table ${quote(table)}`;
  return (
    `route ${quote(route)} matches header ${quote(header)}, which ${kind} ${quote(policy)}${where} writes ` +
    `(\`${field}\`) only after Envoy has selected a route`
  );
}

/** 027x: values that are known only after route selection. */
export const claimRoutes = {
  MW0270: entry<WrittenLater>({
    name: "header-written-later",
    severity: "error",
    meaning:
      "A matcher reads a header that a policy on the same proxies writes. Envoy selects the route first, so it " +
      "compares what the caller sent, which may be forged. Headers that a gRPC authorizer writes are not known here.",
    message: writtenLater,
    detail: () => "the matcher compares what the caller sends, and a caller can send any value",
    help: ({ kind }) =>
      kind === "JWTPolicy"
        ? "match the claim instead, with `claims` in the matcher"
        : "match another header, or let the server behind the gateway decide by this one",
  }),
  MW0271: entry<WrittenLater>({
    name: "header-written-for-others",
    severity: "warning",
    meaning:
      "A matcher reads a header that a policy of another table on the same proxies writes for its own requests. Here " +
      "the caller's own value counts.",
    message: writtenLater,
    help: () => "match another header if callers must not select this route themselves",
  }),
  MW0272: entry<{ route: string; claims: readonly string[] }>({
    name: "claims-without-tokens",
    severity: "error",
    meaning: "A matcher asks for claims, and no JWTPolicy verifies tokens for its route.",
    message: ({ route, claims }) =>
      `route ${quote(route)} matches the claim${claims.length === 1 ? "" : "s"} ${list(claims)}, but has no JWTPolicy`,
    help: () => "list a JWTPolicy on the table, so that the routes behind this one have it too",
  }),
  MW0273: entry<{ route: string; other: string; policies: readonly DifferingPolicy[] }>({
    name: "other-policies-before-claims",
    severity: "error",
    meaning:
      "Before a token is verified, another route takes the requests of a route that matches claims, but has other " +
      "policies. Envoy sets up its filters for that first route, so policies of either would be skipped silently.",
    message: ({ route, other, policies }) =>
      `until the claims of route ${quote(route)} are verified, its requests are on route ${quote(other)}, ` +
      "which differs in " +
      list(policies.map(({ kind }) => kind)),
    detail: ({ policies }) =>
      policies
        .map(
          ({ kind, own, other }) =>
            `${kind}: ${own ? quote(own) : "none"} here, ${other ? quote(other) : "none"} there`,
        )
        .join("; "),
    help: () => "list these policies on the table, or on both routes",
  }),
  MW0274: entry<{ route: string }>({
    name: "no-route-before-claims",
    severity: "error",
    meaning:
      "No single route takes all requests of a matcher before their tokens are verified. Envoy then answers 404 and " +
      "never checks the claims.",
    message: ({ route }) =>
      `no later route takes all requests of route ${quote(route)} until their claims are verified`,
    help: () =>
      "add a later route without `claims` that matches at least as much and has the same policies; it also takes the " +
      "requests whose claims don't match",
  }),
  MW0275: entry<{ route: string }>({
    name: "claims-at-sidecars",
    severity: "error",
    meaning: "A table for callers with sidecars matches claims, which Istio supports at gateways only.",
    message: ({ route }) => `route ${quote(route)} matches claims, which sidecars can't`,
    help: () => "remove `sidecars` from the table, or write a separate table for the gateways",
  }),
  MW0276: entry<{ route: string; header: string; kind: string; policy: string }>({
    name: "removed-header-matched",
    severity: "error",
    meaning:
      "A matcher reads a header that a policy removes before Envoy selects the route again by claims: it matches the " +
      "first time but not the second. Examples are headers with tokens, and `accept-encoding`.",
    message: ({ route, header, kind, policy }) =>
      `route ${quote(route)} matches header ${quote(header)}, which ${kind} ${quote(policy)} removes before ` +
      "routes are selected by claims",
    help: ({ kind }) =>
      kind === "JWTPolicy"
        ? "remove the condition, or set `keepToken` to true"
        : "remove the condition, or set `removeAcceptEncodingHeader` to false",
  }),
};
