import type { CSRFPolicy } from "../model/csrf-policy.js";
import { fitsText } from "./fits-text.js";
import type { Incoming } from "./incoming.js";

/** Methods of requests that modify state (Envoy: isModifyMethod). */
const MODIFYING: ReadonlySet<string> = new Set(["POST", "PUT", "DELETE", "PATCH"]);

/**
 * Reports whether Envoy rejects a request because of its origin. A policy that samples only part of the requests
 * rejects none here.
 *
 * Envoy: CsrfFilter::decodeHeaders (source/extensions/filters/http/csrf/csrf_filter.cc).
 */
export function isRefusedByCsrf(
  { filterEnabled, percentage, additionalOrigins }: Omit<CSRFPolicy, "applyToRoutes">,
  { method, headers, scheme, authority }: Incoming,
): boolean {
  if (filterEnabled !== true || percentage !== 100 || !MODIFYING.has(method)) return false;
  const first = (name: string): string => headers.get(name)?.[0] ?? "";
  const source = hostAndPort(first("origin") || first("referer"));
  // pages with an opaque origin send `null`, and Envoy then ignores Referer (seen with Envoy 1.40)
  if (source === "" || first("origin") === "null") return true;
  return (
    source !== hostAndPort(`${scheme}://${authority}`) && !additionalOrigins.some((match) => fitsText(match, source))
  );
}

const URL_PARTS =
  /^[A-Za-z]+:\/\/(?:[\w.!~*'()%;:&=+$,-]*@)?((?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?)(?:[/?][^\s\u007f]*)?$/;

/** Returns host and port of a URL, or the whole text if it is not one (Envoy: Utility::Url, which uses http_parser). */
function hostAndPort(text: string): string {
  const found = URL_PARTS.exec(text)?.[1];
  const port = Number(/:(\d+)$/.exec(found ?? "")?.[1] ?? 0);
  return found === undefined || port > 65535 ? text : found;
}
