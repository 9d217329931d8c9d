/** Names and values of headers that tables and policies may write. */
import { problemsOfFormat } from "./envoy-format.js";
import { headerName, headerValue } from "./match.js";
import { type RefinementContext, raise } from "./schema.js";

type Path = (string | number)[];

/** The size limit in bytes of a name, and of a value as written (Envoy: config.core.v3.HeaderValue). */
export const MOST_HEADER_BYTES = 16_384;

/** The most headers that a route sets and appends to requests, or to responses (Envoy: config.route.v3.Route). */
export const MOST_WRITTEN_HEADERS = 1000;

/** The reason why only the proxy may write a header: message framing, the caller's identity, or Envoy's own use. */
export type HeaderOwner = "connection" | "identity" | "proxy";

/** Headers for message framing and hop-by-hop negotiation; a wrong one enables request smuggling. */
const CONNECTION: readonly string[] = [
  ...["connection", "content-length", "http2-settings", "keep-alive", "proxy-connection", "te"],
  ...["transfer-encoding", "upgrade"],
];

/** The caller's identity, passed between proxies. */
const IDENTITY = "x-forwarded-client-cert";

/** Headers that only the proxy writes, in lower case, and the prefix of other such headers. */
export const PROXY_HEADERS: readonly string[] = [...CONNECTION, IDENTITY];
export const PROXY_HEADER_PREFIX = "x-envoy-";

/** Returns the owner of a header; undefined if tables and policies may write it. Ignores case. */
export function ownerOfHeader(name: string): HeaderOwner | undefined {
  const lower = name.toLowerCase();
  if (CONNECTION.includes(lower)) return "connection";
  if (lower === IDENTITY) return "identity";
  return lower.startsWith(PROXY_HEADER_PREFIX) ? "proxy" : undefined;
}

/**
 * Rejects names that are invalid, too long, or reserved for the proxy. Leaves Host to callers, which know the
 * alternative.
 */
export function writtenName(name: string, context: RefinementContext, path: Path = []): void {
  headerName(name, context, path);
  const size = Buffer.byteLength(name);
  if (size > MOST_HEADER_BYTES)
    raise(context, "MW0104", { found: size, maximum: MOST_HEADER_BYTES, unit: "bytes" }, path);
  const owner = ownerOfHeader(name);
  if (owner !== undefined) raise(context, "MW0264", { header: name, owner }, path);
}

/** Rejects values that Envoy does not accept, and values that would reveal private data of the proxy. */
export function writtenValue(value: string, context: RefinementContext, path: Path = []): void {
  headerValue(value, context, path);
  const size = Buffer.byteLength(value);
  // Envoy keeps the header unchanged (HeaderParser::evaluateHeaders, keep_empty_value)
  if (size === 0) raise(context, "MW0104", { found: 0, minimum: 1, unit: "characters" }, path);
  if (size > MOST_HEADER_BYTES)
    raise(context, "MW0104", { found: size, maximum: MOST_HEADER_BYTES, unit: "bytes" }, path);
  for (const problem of problemsOfFormat(value)) {
    if (problem.kind === "private")
      raise(context, "MW0263", { operator: problem.operator, reads: problem.reads }, path);
    else raise(context, "MW0262", { found: problem.found, reason: problem.reason, example: problem.example }, path);
  }
}
