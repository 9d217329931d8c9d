import fc from "fast-check";
import { defined, maybe } from "./names.js";

const some = (...values: string[]) => fc.subarray(values, { minLength: 1 });

const serviceAccounts = (clusters: readonly string[]) =>
  fc
    .record({
      namespace: maybe(fc.constantFrom("shop", "gateways")),
      name: maybe(fc.constantFrom("reviews", "web.v1")),
      cluster: maybe(fc.constantFrom(...clusters)),
    })
    .map(({ name, ...rest }) => defined({ ...rest, ...(rest.namespace !== undefined && { name }) }));

const tokens = fc.constantFrom(
  { requestPrincipals: ["https://issuer.example.com/*"] },
  { notRequestPrincipals: ["*/guest"] },
  { requestPrincipals: ["*"], notRequestPrincipals: ["a/b", "a/c"] },
);

const client = (clusters: readonly string[]) =>
  fc.oneof(
    { weight: 3, arbitrary: serviceAccounts(clusters).map((serviceAccountSelector) => ({ serviceAccountSelector })) },
    { weight: 1, arbitrary: tokens.map((requestIdentityMatcher) => ({ requestIdentityMatcher })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(serviceAccounts(clusters), tokens)
        .map(([serviceAccountSelector, requestIdentityMatcher]) => ({
          serviceAccountSelector,
          requestIdentityMatcher,
        })),
    },
  );

const headers = fc.constantFrom(
  { "x-user": { values: ["ann", "b*"] } },
  { "X-Group": { notValues: ["guests"] }, "x-user": { values: ["*"], notValues: ["*n"] } },
);

const authorization = (clusters: readonly string[]) =>
  fc
    .record({
      allowedClients: maybe(fc.array(client(clusters), { minLength: 1, maxLength: 2 })),
      allowedPaths: maybe(some("/a", "/b/*", "*/c")),
      allowedMethods: maybe(some("GET", "POST")),
      allowedIpBlocks: maybe(some("192.0.2.1", "198.51.100.0/24", "2001:db8::/32")),
      allowedRemoteIpBlocks: maybe(some("203.0.113.7")),
      match: maybe(headers.map((each) => ({ request: { headers: each } }))),
      dryRun: maybe(fc.boolean()),
    })
    .map(defined)
    .filter(({ dryRun, ...conditions }) => Object.keys(conditions).length > 0);

/** An access policy; some don't fit every destination and gateway. */
export const accessArgs = (clusters: readonly string[]) =>
  fc
    .record({
      authn: maybe(fc.constantFrom("PERMISSIVE", "STRICT", "DISABLE").map((tlsMode) => ({ tlsMode }))),
      authzList: maybe(fc.array(authorization(clusters), { minLength: 1, maxLength: 3 })),
    })
    .map(defined)
    .filter((args) => Object.keys(args).length > 0);

/** A list of policies, sometimes with an access policy. */
export function withAccess(
  { AccessPolicy }: { readonly AccessPolicy: Readonly<Record<string, unknown>> },
  listed: fc.Arbitrary<readonly string[] | undefined>,
): fc.Arbitrary<string[] | undefined> {
  const names = Object.keys(AccessPolicy);
  const access =
    names.length === 0
      ? fc.constant<string[]>([])
      : fc.subarray(
          names.map((name) => `AccessPolicy/${name}`),
          { maxLength: 1 },
        );
  return fc
    .tuple(access, listed)
    .map(([first, others = []]) => [...first, ...others])
    .map((all) => (all.length === 0 ? undefined : all));
}
