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
  return `route ${quote(route)} matches header ${quote(header)}, which ${kind} ${quote(policy)}${where} writes (\`${field}\`) only after routes are chosen`;
}

/** 027x: what is known only after a route is chosen. */
export const claimRoutes = {
  MW0270: entry<WrittenLater>({
    name: "header-written-later",
    severity: "error",
    meaning:
      "A matcher reads a header that a policy on the same proxies writes. Envoy chooses the route first, so that it compares what the caller sent, which may be forged. What an authorizer writes that is called by gRPC is not known here.",
    message: writtenLater,
    detail: () => "the matcher compares what the caller sends, and a caller can send any value",
    help: ({ kind }) =>
      kind === "JWTPolicy"
        ? "match the claim instead, with `claims` in the matcher"
        : "match another header, or let what is behind the gateway decide by this one",
  }),
  MW0271: entry<WrittenLater>({
    name: "header-written-for-others",
    severity: "warning",
    meaning:
      "A matcher reads a header that a policy of another table on the same proxies writes for its own requests. Here the caller's own value counts.",
    message: writtenLater,
    help: () => "match another header if callers must not choose this route themselves",
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
      "Before a token is verified, another route takes the requests of a route that matches claims, and does not have the same policies. Envoy sets up its filters for that first route, so that policies of either would be skipped without a word.",
    message: ({ route, other, policies }) =>
      `requests meet route ${quote(other)} until the claims of route ${quote(route)} are verified, and the two differ in ${list(policies.map(({ kind }) => kind))}`,
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
      "No single route takes all requests of a matcher before their tokens are verified. Envoy answers 404 then, and the claims are never looked at.",
    message: ({ route }) =>
      `no later route takes all requests of route ${quote(route)} while their claims are not known`,
    help: () =>
      "add a later route without `claims` that matches at least as much and has the same policies; it also takes the requests whose claims don't fit",
  }),
  MW0275: entry<{ route: string }>({
    name: "claims-at-sidecars",
    severity: "error",
    meaning: "A table for callers with sidecars matches claims, which Istio takes for gateways only.",
    message: ({ route }) => `route ${quote(route)} matches claims, which sidecars can't`,
    help: () => "remove `sidecars` from the table, or write a table of its own for the gateways",
  }),
  MW0276: entry<{ route: string; header: string; kind: string; policy: string }>({
    name: "removed-header-matched",
    severity: "error",
    meaning:
      "A matcher reads a header that a policy removes before routes are chosen again by claims: it fits the first time and not the second. Such are the headers of tokens, and `accept-encoding`.",
    message: ({ route, header, kind, policy }) =>
      `route ${quote(route)} matches header ${quote(header)}, which ${kind} ${quote(policy)} removes before routes are chosen by claims`,
    help: ({ kind }) =>
      kind === "JWTPolicy"
        ? "remove the condition, or set `keepToken` to true"
        : "remove the condition, or set `removeAcceptEncodingHeader` to false",
  }),
};
