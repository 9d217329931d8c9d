import fc from "fast-check";
import { EXAMPLE_KEYS } from "../example-tokens.js";
import { defined, maybe } from "./names.js";

type Args = Readonly<Record<string, unknown>>;

const tokenSource = fc.constantFrom(
  { headers: [{ name: "X-Token" }] },
  {
    headers: [
      { name: "x-token", prefix: "token=" },
      { name: "authorization", prefix: "Bearer " },
    ],
  },
  { queryParams: ["token"] },
  { headers: [{ name: "Authorization", prefix: "Bearer " }], queryParams: ["token", "a"] },
);

/** As text, or sometimes at a server. */
function keySource(destinationRef: fc.Arbitrary<Args>): fc.Arbitrary<Args> {
  const remote = fc
    .record({
      destinationRef,
      url: fc.constantFrom("https://a.test/keys?of=a", "http://b.test:8080", "http://[::1]/keys"),
      cacheDuration: maybe(fc.constantFrom("1s", "24h")),
      timeout: maybe(fc.constantFrom("250ms", "1m")),
      enableAsyncFetch: maybe(fc.boolean()),
    })
    .map((all) => ({ remote: defined(all) }));
  return fc.oneof(
    { weight: 7, arbitrary: fc.constantFrom(...EXAMPLE_KEYS).map((inline) => ({ local: { inline } })) },
    { weight: 1, arbitrary: remote },
  );
}

const provider = (destination: fc.Arbitrary<Args>) =>
  fc
    .record({
      keys: keySource(destination),
      issuer: fc.constantFrom(undefined, undefined, "https://a.test", "https://b.test"),
      audiences: fc.constantFrom(undefined, undefined, undefined, ["shop"], ["shop", "https://docs.test/"]),
      tokenSource: fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: tokenSource }),
      claimsToHeaders: maybe(
        fc.subarray([
          { claim: "role", header: "X-Role" },
          { claim: "groups", header: "x-groups" },
          { claim: "address.country", header: "x-country" },
          { claim: "level", header: "x-level" },
        ]),
      ),
      keepToken: fc.constantFrom(undefined, false, true),
      clockSkewSeconds: maybe(fc.constantFrom(1, 3600)),
      outputPayloadToHeader: maybe(fc.constant("x-payload")),
    })
    .map(({ keys, ...all }) =>
      defined({ ...all, ...keys, ...(all.tokenSource && "queryParams" in all.tokenSource && { keepToken: true }) }),
    );

const claim = fc
  .record({
    key: fc.constantFrom("role", "groups", "level", "vip", "scope"),
    values: maybe(fc.constantFrom(["admin"], ["admin", "user"], ["3"], ["true"], ["staff", "read"])),
    notValues: maybe(fc.constantFrom(["user"], ["guest", "4"], ["false"])),
  })
  .filter(({ values, notValues }) => values !== undefined || notValues !== undefined)
  .map(defined);
const nestedClaim = fc.constant({ key: "address/country", values: ["fi", "se"], nestedClaimDelimiter: "/" });

/** A JWTPolicy, some of whose providers may have their keys at this destination. */
export const jwt = (destination: fc.Arbitrary<Args>) =>
  fc
    .record({
      providers: fc.dictionary(fc.constantFrom("a", "b"), provider(destination), { minKeys: 1 }),
      rules: fc.oneof(
        fc.record({ validationPolicy: fc.constantFrom(undefined, "ALLOW_MISSING", "ALLOW_MISSING_OR_FAILED") }),
        fc.record({
          claims: maybe(
            fc.array(fc.oneof({ weight: 3, arbitrary: claim }, { weight: 1, arbitrary: nestedClaim }), {
              maxLength: 2,
            }),
          ),
          requiredScopes: maybe(fc.subarray(["read", "write"])),
        }),
      ),
    })
    .map(({ providers, rules }) => defined({ providers, ...rules }));
