import type { CORSPolicy } from "../model/cors-policy.js";
import { isDeferred } from "../model/deferred.js";
import { millisecondsOf } from "../model/duration.js";
import type { TextMatch } from "../model/text-match.js";
import { fitsText } from "./fits-text.js";
import type { Incoming } from "./incoming.js";

/**
 * Returns the headers of Envoy's own response to a preflight request, or undefined if Envoy does not answer it.
 *
 * Envoy: CorsFilter::decodeHeaders (source/extensions/filters/http/cors/cors_filter.cc). Forwards anything but
 * preflight requests, and preflight requests from other origins (Istio: unmatchedPreflights FORWARD).
 */
export function answerPreflight(
  policy: Omit<CORSPolicy, "applyToRoutes">,
  { method, headers }: Incoming,
): Readonly<Record<string, string>> | undefined {
  if (method !== "OPTIONS") return undefined;
  const origin = headers.get("origin")?.[0] ?? "";
  const wanted = headers.get("access-control-request-method")?.[0] ?? "";
  if (origin === "" || wanted === "" || !policy.allowOrigins.some((match) => takes(match, origin))) return undefined;
  const { allowMethods, allowHeaders, maxAge, allowCredentials } = policy;
  return {
    "access-control-allow-origin": origin,
    ...(allowCredentials === true && { "access-control-allow-credentials": "true" }),
    ...(allowMethods.length > 0 && { "access-control-allow-methods": allowMethods.join(",") }),
    ...(allowHeaders.length > 0 && { "access-control-allow-headers": allowHeaders.join(",") }),
    ...(maxAge !== undefined && { "access-control-max-age": seconds(maxAge) }),
  };
}

/** Envoy treats a match of `*` as a match of every origin. */
function takes(match: TextMatch, origin: string): boolean {
  return fitsText(match, "*") || fitsText(match, origin);
}

function seconds(duration: string): string {
  return isDeferred(duration) ? "?" : String((millisecondsOf(duration) ?? 0) / 1000);
}
