/** Headers that tables and policies write: which, and what. */
import { problemsOfFormat } from "./envoy-format.js";
import { headerName, headerValue } from "./match.js";
import { type RefinementContext, raise } from "./schema.js";

type Path = (string | number)[];

/** The most bytes of a name, and of a value as it is written (Envoy: config.core.v3.HeaderValue). */
export const MOST_HEADER_BYTES = 16_384;

/** The most headers that one route sets and appends to requests, or to answers (Envoy: config.route.v3.Route). */
export const MOST_WRITTEN_HEADERS = 1000;

/** What a header belongs to that only the proxy writes. */
export type HeaderOwner = "connection" | "identity" | "proxy";

/** Where a message ends and how two neighbors speak; a wrong one lets a request hide in another. */
const CONNECTION: readonly string[] = [
  ...["connection", "content-length", "http2-settings", "keep-alive", "proxy-connection", "te"],
  ...["transfer-encoding", "upgrade"],
];

/** Who calls, as proxies tell each other. */
const IDENTITY = "x-forwarded-client-cert";

/** Headers that only the proxy writes, in small letters, and how others of these begin. */
export const PROXY_HEADERS: readonly string[] = [...CONNECTION, IDENTITY];
export const PROXY_HEADER_PREFIX = "x-envoy-";

/** Who owns a header; undefined where tables and policies may write it. Names are compared without case. */
export function ownerOfHeader(name: string): HeaderOwner | undefined {
  const lower = name.toLowerCase();
  if (CONNECTION.includes(lower)) return "connection";
  if (lower === IDENTITY) return "identity";
  return lower.startsWith(PROXY_HEADER_PREFIX) ? "proxy" : undefined;
}

/** Refuses names that are no names, are too long, or belong to the proxy; Host is left to callers, who know what to use instead. */
export function writtenName(name: string, context: RefinementContext, path: Path = []): void {
  headerName(name, context, path);
  const size = Buffer.byteLength(name);
  if (size > MOST_HEADER_BYTES)
    raise(context, "MW0104", { found: size, maximum: MOST_HEADER_BYTES, unit: "bytes" }, path);
  const owner = ownerOfHeader(name);
  if (owner !== undefined) raise(context, "MW0264", { header: name, owner }, path);
}

/** Refuses values that Envoy does not take, and those that would tell what is the proxy's own. */
export function writtenValue(value: string, context: RefinementContext, path: Path = []): void {
  headerValue(value, context, path);
  const size = Buffer.byteLength(value);
  // Envoy leaves the header as it is (HeaderParser::evaluateHeaders, keep_empty_value)
  if (size === 0) raise(context, "MW0104", { found: 0, minimum: 1, unit: "characters" }, path);
  if (size > MOST_HEADER_BYTES)
    raise(context, "MW0104", { found: size, maximum: MOST_HEADER_BYTES, unit: "bytes" }, path);
  for (const problem of problemsOfFormat(value)) {
    if (problem.kind === "private")
      raise(context, "MW0263", { operator: problem.operator, reads: problem.reads }, path);
    else raise(context, "MW0262", { found: problem.found, reason: problem.reason, example: problem.example }, path);
  }
}
