/** Access policies of gateways, covering everything that a client without a certificate can present. */
import fc from "fast-check";
import { defined } from "../../support/arbitraries/names.js";
import { MARKER_HEADER } from "../rig/tagged-objects.js";
import type { Args } from "./backends.js";
import { HEADER_NAMES, METHODS, VALUES } from "./texts.js";

const paths = fc.subarray(["/a", "/a/b", "/a*", "/b/*", "*/a", "*b", "*", "/*", "/A", "/%2F*"], { minLength: 1 });

/** The rig's client is 127.0.0.1. */
const blocks = fc.constantFrom(
  ["127.0.0.0/8"],
  ["127.0.0.1"],
  ["203.0.113.7", "127.0.0.1"],
  ["127.0.0.2"],
  ["203.0.113.0/24", "2001:db8::/32"],
);

const values = fc.subarray([...VALUES.filter((value) => value !== "" && !/[*]/.test(value)), "a*", "*b", "*"], {
  minLength: 1,
  maxLength: 4,
});

const headers = fc
  .dictionary(
    fc.constantFrom(...HEADER_NAMES.filter((name) => name !== "host")),
    fc.oneof(
      values.map((wanted) => ({ values: wanted })),
      values.map((unwanted) => ({ notValues: unwanted })),
      fc.tuple(values, values).map(([wanted, unwanted]) => ({ values: wanted, notValues: unwanted })),
    ),
    { minKeys: 1, maxKeys: 2 },
  )
  .map((each) => ({ request: { headers: each } }));

const maybe = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const authorization = fc
  .record({
    allowedPaths: maybe(paths),
    allowedMethods: maybe(fc.subarray([...METHODS], { minLength: 2 })),
    allowedIpBlocks: maybe(blocks),
    allowedRemoteIpBlocks: maybe(blocks),
    match: maybe(headers),
    dryRun: fc.constantFrom(undefined, undefined, undefined, false, true),
  })
  .map(defined)
  .filter(({ dryRun, ...conditions }) => Object.keys(conditions).length > 0);

/** Lets the rig identify the configuration behind a port's answers. */
const forMarker: Args = { match: { request: { headers: { [MARKER_HEADER]: { values: ["*"] } } } } };

/** A policy that refuses some of the requests. */
export const accessArgs: fc.Arbitrary<Args> = fc
  .array(authorization, { minLength: 1, maxLength: 3 })
  .map((all) => ({ authzList: [...all, forMarker] }));
