import { deferredOf, isDeferred } from "../../../sdk/nodejs/src/model/deferred.js";

/** Fields of arguments that accept an Output, in any object; in lists and maps, the items do. */
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
 * Fields that are plain together with everything in them.
 *
 * Subset labels may be Outputs, but objects are then named without them, which the arguments alone don't show:
 * test/resources/order.test.ts covers it.
 */
const PLAIN: ReadonlySet<string> = new Set(["applyToListeners", "subset", "subsets"]);

/** Returns the arguments with a placeholder for each leaf that `pick` chooses, and the original arguments. */
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
    // a table's weight decides the order of routes and is plain
    const isPlain = (key: string): boolean => PLAIN.has(key) || (key === "weight" && "http" in value);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, isPlain(key) ? item : walk(item, key)]));
  };
  const leaf = (value: unknown, field: string): unknown => (LEAVES.has(field) ? placeholder(value) : value);
  return { deferred: walk(args, "") as T, count };
}
