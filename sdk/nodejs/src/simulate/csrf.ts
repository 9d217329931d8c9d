import type { CSRFPolicy } from "../model/csrf-policy.js";
import { fitsText } from "./fits-text.js";
import type { Incoming } from "./incoming.js";

/** Methods of requests that change something (Envoy: isModifyMethod). */
const CHANGING: ReadonlySet<string> = new Set(["POST", "PUT", "DELETE", "PATCH"]);

/**
 * Whether Envoy refuses a request because it does not come from where it may; chance, where the policy is for a part of the requests, refuses none.
 *
 * Envoy: CsrfFilter::decodeHeaders (source/extensions/filters/http/csrf/csrf_filter.cc).
 */
export function isRefusedByCsrf(
  { filterEnabled, percentage, additionalOrigins }: Omit<CSRFPolicy, "applyToRoutes">,
  { method, headers, scheme, authority }: Incoming,
): boolean {
  if (filterEnabled !== true || percentage !== 100 || !CHANGING.has(method)) return false;
  const first = (name: string): string => headers.get(name)?.[0] ?? "";
  const source = hostAndPort(first("origin") || first("referer"));
  // pages without an origin of their own send `null`, and then Referer is not asked (seen with Envoy 1.40)
  if (source === "" || first("origin") === "null") return true;
  return (
    source !== hostAndPort(`${scheme}://${authority}`) && !additionalOrigins.some((match) => fitsText(match, source))
  );
}

const URL_PARTS =
  /^[A-Za-z]+:\/\/(?:[\w.!~*'()%;:&=+$,-]*@)?((?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?)(?:[/?][^\s\u007f]*)?$/;

/** Host and port of a URL, the whole text where it is none (Envoy: Utility::Url, which reads it with http_parser). */
function hostAndPort(text: string): string {
  const found = URL_PARTS.exec(text)?.[1];
  const port = Number(/:(\d+)$/.exec(found ?? "")?.[1] ?? 0);
  return found === undefined || port > 65535 ? text : found;
}
