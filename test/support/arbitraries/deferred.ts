import { deferredOf, isDeferred } from "../../../sdk/nodejs/src/model/deferred.js";

/** Fields of arguments that take an Output, whatever they stand in; for those that hold lists or maps, their items do. */
const LEAVES: ReadonlySet<string> = new Set([
  "addresses",
  "address",
  "baseEjectionTime",
  "body",
  "cipherSuites",
  "consecutiveErrors",
  "consecutiveGatewayErrors",
  "credentialName",
  "exact",
  "hostRedirect",
  "hostRewrite",
  "host",
  "httpsRedirect",
  "ignoreCase",
  "insecureSkipVerify",
  "interval",
  "labels",
  "maxEjectionPercent",
  "maximumProtocolVersion",
  "method",
  "minimumProtocolVersion",
  "mode",
  "number",
  "pathRedirect",
  "pathRewrite",
  "port",
  "prefix",
  "region",
  "responseCode",
  "secretName",
  "serviceAccount",
  "serviceAccounts",
  "sni",
  "status",
  "subZone",
  "substitution",
  "targetPort",
  "tlsTerminationPort",
  "trustDomain",
  "clusterDomain",
  "value",
  "weight",
  "zone",
]);

/**
 * Fields that are plain with all that they hold.
 *
 * Labels of subsets may be Outputs; objects are then named without them, which arguments alone don't say: test/resources/order.test.ts looks at that.
 */
const PLAIN: ReadonlySet<string> = new Set(["applyToListeners", "subset", "subsets"]);

/** Arguments with a placeholder in the place of each leaf that `pick` chooses, and the arguments they were made of. */
export function deferLeaves<T>(
  args: T,
  pick: (leaf: number) => boolean,
): { readonly deferred: T; readonly count: number } {
  let leaves = 0;
  let count = 0;
  const placeholder = (value: unknown): unknown => {
    if (value === undefined || typeof value === "object" || isDeferred(value) || !pick(leaves++)) return value;
    count += 1;
    return deferredOf([leaves]);
  };
  const walk = (value: unknown, field: string): unknown => {
    if (Array.isArray(value))
      return value.map((item) => (typeof item === "object" ? walk(item, field) : leaf(item, field)));
    if (typeof value !== "object" || value === null) return leaf(value, field);
    // the weight of a table decides about the order of routes and is plain
    const isPlain = (key: string): boolean => PLAIN.has(key) || (key === "weight" && "http" in value);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, isPlain(key) ? item : walk(item, key)]));
  };
  const leaf = (value: unknown, field: string): unknown => (LEAVES.has(field) ? placeholder(value) : value);
  return { deferred: walk(args, "") as T, count };
}
