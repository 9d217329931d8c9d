/** Predicts whether a header value with Envoy's operators may turn out empty, in which case Envoy writes nothing. */

/** An operator and its argument; what remains of a value without them is written in any case. */
const OPERATOR = /%([A-Z][A-Z0-9_]*)(?:\(([^)]*)\))?%/g;

const READS_REQUEST: ReadonlySet<string> = new Set(["REQ", "REQUEST_HEADER", "STREAM_INFO_REQ"]);
const READS_RESPONSE: ReadonlySet<string> = new Set(["RESP", "RESPONSE_HEADER"]);

/** Headers that every request, and every response, has when values are computed. */
const PRESENT: ReadonlySet<string> = new Set([
  ...[":authority", ":method", ":path", ":scheme", ":status", "host"],
  ...["x-forwarded-for", "x-forwarded-proto", "x-request-id"],
]);

/** Operators with a value on every request. Found with Envoy 1.40.0: each in a header of a plaintext request. */
const ALWAYS = anyOf(
  ...["BYTES_\\w+", "CONNECTION_ID", "DURATION", "REQUEST_DURATION", "HOSTNAME", "LISTENER_NAME", "PATH", "PROTOCOL"],
  ...["(DOWNSTREAM|UPSTREAM)_(WIRE|HEADER|DECOMPRESSED_HEADER)_BYTES_\\w+", "(REQUEST|RESPONSE)_HEADERS_BYTES"],
  ...["DOWNSTREAM_(DIRECT_)?(LOCAL|REMOTE)_(ADDRESS(_WITHOUT_PORT)?|PORT)", "(EMIT|START)_TIME(_LOCAL)?"],
  ...["RESPONSE_(CODE|FLAGS|FLAGS_LONG)", "ROUTE_\\w+", "STREAM_ID", "UNIQUE_ID", "UPSTREAM_CLUSTER(_RAW)?"],
  "UPSTREAM_REQUEST_ATTEMPT_COUNT",
);

/** Operators with a value on every response of a backend. */
const ONCE_ANSWERED = anyOf(
  ...["RESPONSE_CODE_DETAILS", "UPSTREAM_HOST\\w*", "UPSTREAM_PROTOCOL", "UPSTREAM_CONNECTION_\\w+"],
  "UPSTREAM_(LOCAL|REMOTE)_(ADDRESS(_WITHOUT_PORT)?|PORT)",
);

function anyOf(...patterns: readonly string[]): RegExp {
  return new RegExp(`^(${patterns.join("|")})$`);
}

/** Reports whether a value of a request's or a response's header may be empty. */
export function mayBeEmpty(value: string, side: "request" | "response"): boolean {
  const operators = [...value.matchAll(OPERATOR)];
  if (value.replaceAll(OPERATOR, "") !== "") return false;
  return operators.every(([, name = "", argument = ""]) => {
    if (READS_REQUEST.has(name) || READS_RESPONSE.has(name))
      return !argument.split("?").some((header) => PRESENT.has(header.toLowerCase()));
    return !ALWAYS.test(name) && !(side === "response" && ONCE_ANSWERED.test(name));
  });
}

/** Reports whether a value contains what the header itself was: if that is empty, nothing is lost. */
export function readsItself(value: string, header: string, side: "request" | "response"): boolean {
  const reads = side === "request" ? READS_REQUEST : READS_RESPONSE;
  return [...value.matchAll(OPERATOR)].some(
    ([, name = "", argument = ""]) => reads.has(name) && argument.toLowerCase().split("?").includes(header),
  );
}
