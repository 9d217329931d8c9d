import { REMOVED_HEADERS } from "../model/removed-headers.js";
import { type HopByHop, hopByHop } from "./hop-by-hop.js";
import { joined } from "./joined.js";
import type { Request } from "./request.js";

/** The values of each header by lower-case name, as matchers see them: any value may match. */
export type HeaderValues = ReadonlyMap<string, readonly string[]>;

/**
 * Headers for which Envoy keeps one value: repeated ones are joined by commas. For all others each value is matched on
 * its own.
 *
 * Envoy: INLINE_REQ_* in envoy/http/header_map.h and the custom ones that filters register; `getAllOfHeader` for the
 * others. Found with upstream Envoy 1.40; a build with fewer filters may join fewer.
 */
const JOINED: ReadonlySet<string> = new Set([
  ...[
    "accept",
    "accept-encoding",
    "authentication",
    "authorization",
    "cache-control",
    "content-encoding",
    "content-type",
  ],
  ...["access-control-request-headers", "access-control-request-method", "access-control-request-private-network"],
  ...["expect", "grpc-accept-encoding", "grpc-timeout", "if-match", "if-modified-since", "if-none-match", "if-range"],
  ...["if-unmodified-since", "origin", "pragma", "proxy-status", "referer", "user-agent", "via", "x-client-trace-id"],
  ...[
    "connection",
    "te",
    "upgrade",
    "x-envoy-attempt-count",
    "x-envoy-is-timeout-retry",
    "x-forwarded-host",
    "x-forwarded-port",
  ],
]);

/** Stands for the client address, which Envoy writes and a simulation can't know. */
const CLIENT = "192.0.2.1";

/** Stands for the request ID that Envoy generates at the edge. */
const REQUEST_ID = "00000000-0000-4000-8000-000000000000";

/**
 * Returns the headers that matchers see: the sent ones, without those that Envoy removes, plus those that it writes.
 * Sidecars don't write the client address.
 */
export function receivedHeaders(
  sent: NonNullable<Request["headers"]>,
  {
    authority,
    scheme,
    isAtSidecar = false,
  }: { readonly authority: string; readonly scheme: Request["scheme"]; readonly isAtSidecar?: boolean },
): HeaderValues {
  const headers = new Map<string, string[]>();
  for (const [written, raw] of sent) {
    const name = written.toLowerCase();
    const value = raw.replace(/^[ \t]+|[ \t]+$/g, "");
    if (REMOVED_HEADERS.has(name) || name.startsWith(":")) continue;
    const known = headers.get(name);
    if (known === undefined) headers.set(name, [value]);
    else if (JOINED.has(name)) known[0] = joined(known[0] ?? "", value);
    else known.push(value);
  }
  connect(headers, hopByHop(sent));
  if (!isReferer(headers.get("referer")?.[0] ?? "")) headers.delete("referer");
  if (!isAtSidecar) {
    const hops = headers.get("x-forwarded-for") ?? [];
    headers.set("x-forwarded-for", [[...hops, CLIENT].reduce(joined)]);
    headers.set("x-envoy-external-address", [CLIENT]);
  }
  headers.set("x-forwarded-proto", [scheme]);
  headers.set("x-request-id", [REQUEST_ID]);
  // `host` is an alias of `:authority`, and keeps its case and port
  return headers.set("host", [authority]);
}

/** Removes what concerns the client's connection only. An upgrade goes on as it is. */
function connect(headers: Map<string, string[]>, { upgrade, nominated }: HopByHop): void {
  if (upgrade !== undefined) return;
  headers.delete("connection");
  headers.delete("upgrade");
  for (const name of nominated) if (name !== "te") headers.delete(name);
  keepTrailersOnly(headers, nominated.includes("te"));
}

/** Keeps only `trailers` of `TE`, in lower case; if `Connection` nominates it, in any case. */
function keepTrailersOnly(headers: Map<string, string[]>, isNominated: boolean): void {
  const encodings = headers.get("te")?.[0] ?? "";
  if (encodings === "") return;
  const takesTrailers = encodings
    .split(",")
    .map((each) => (isNominated ? each.trim().toLowerCase() : each.trim()))
    .includes("trailers");
  if (takesTrailers) headers.set("te", ["trailers"]);
  else headers.delete("te");
}

const ABSOLUTE =
  /^[A-Za-z]+:\/\/(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+(?:%[A-Za-z0-9%._~-]+)?\])(?::(\d+))?(?:[/?][!"$-~]*)?$/;
const RELATIVE = /^[!$-9;=?@A-Z_a-z~]*(?:\/[!$-;=?@A-Z_a-z~]*)?$/;

/**
 * Reports whether Envoy keeps a Referer (Utility::isValidRefererValue): a URL without userinfo and fragment, or a path
 * whose first segment has no colon.
 *
 * Envoy's URL parser accepts letters, digits, dots and hyphens in hosts, and ports up to 65535.
 */
function isReferer(value: string): boolean {
  const absolute = ABSOLUTE.exec(value);
  return absolute === null ? RELATIVE.test(value) : Number(absolute[1] ?? 0) <= 65_535;
}
