/**
 * The operators of Envoy's substitution formatter, which appear between percent signs in header values.
 *
 * Taken from Envoy 1.40.0, the version in the lab: names in its binary, each tried in a header
 * (`test/refusals/operators.test.ts` tries them all again). Documentation:
 * https://www.envoyproxy.io/docs/envoy/v1.40.0/configuration/advanced/substitution_formatter
 */

/** The arguments that an operator accepts in parentheses. */
export interface Operator {
  /** The pattern of the argument, valid in RE2 too; absent if there is none. */
  readonly argument?: RegExp;
  /** The pattern that the argument must not contain. */
  readonly never?: RegExp;
  /** An argument that matches `argument`, for messages. */
  readonly example?: string;
  /** True if the operator also works without an argument. */
  readonly alone: boolean;
}

/**
 * Operators without arguments: facts about the request, its connections and its certificates, all known to one side of
 * a connection anyway.
 */
const PLAIN = `
  ACCESS_LOG_TYPE BYTES_RECEIVED BYTES_RETRANSMITTED BYTES_SENT CONNECTION_ID CONNECTION_TERMINATION_DETAILS
  CUSTOM_FLAGS DOWNSTREAM_CX_RTT DOWNSTREAM_DECOMPRESSED_HEADER_BYTES_RECEIVED
  DOWNSTREAM_DECOMPRESSED_HEADER_BYTES_SENT DOWNSTREAM_DETECTED_CLOSE_TYPE DOWNSTREAM_DIRECT_LOCAL_ADDRESS
  DOWNSTREAM_DIRECT_LOCAL_ADDRESS_ENDPOINT_ID DOWNSTREAM_DIRECT_LOCAL_PORT DOWNSTREAM_DIRECT_REMOTE_ADDRESS
  DOWNSTREAM_DIRECT_REMOTE_PORT DOWNSTREAM_HANDSHAKE_DURATION DOWNSTREAM_HEADER_BYTES_RECEIVED
  DOWNSTREAM_HEADER_BYTES_SENT DOWNSTREAM_LOCAL_ADDRESS DOWNSTREAM_LOCAL_ADDRESS_ENDPOINT_ID
  DOWNSTREAM_LOCAL_CLOSE_REASON DOWNSTREAM_LOCAL_DNS_SAN DOWNSTREAM_LOCAL_EMAIL_SAN DOWNSTREAM_LOCAL_IP_SAN
  DOWNSTREAM_LOCAL_OTHERNAME_SAN DOWNSTREAM_LOCAL_PORT DOWNSTREAM_LOCAL_SUBJECT DOWNSTREAM_LOCAL_URI_SAN
  DOWNSTREAM_PEER_CERT DOWNSTREAM_PEER_CHAIN_FINGERPRINTS_1 DOWNSTREAM_PEER_CHAIN_FINGERPRINTS_256
  DOWNSTREAM_PEER_CHAIN_SERIALS DOWNSTREAM_PEER_DNS_SAN DOWNSTREAM_PEER_EMAIL_SAN DOWNSTREAM_PEER_FINGERPRINT_1
  DOWNSTREAM_PEER_FINGERPRINT_256 DOWNSTREAM_PEER_IP_SAN DOWNSTREAM_PEER_ISSUER
  DOWNSTREAM_PEER_ISSUER_FINGERPRINT_256 DOWNSTREAM_PEER_ISSUER_SERIAL DOWNSTREAM_PEER_OTHERNAME_SAN
  DOWNSTREAM_PEER_SERIAL DOWNSTREAM_PEER_SUBJECT DOWNSTREAM_PEER_URI_SAN DOWNSTREAM_REMOTE_ADDRESS
  DOWNSTREAM_REMOTE_PORT DOWNSTREAM_TLS_CIPHER DOWNSTREAM_TLS_GROUP DOWNSTREAM_TLS_SESSION_ID DOWNSTREAM_TLS_VERSION
  DOWNSTREAM_TRANSPORT_FAILURE_REASON DOWNSTREAM_WIRE_BYTES_RECEIVED DOWNSTREAM_WIRE_BYTES_SENT DURATION
  FILTER_CHAIN_NAME GRPC_STATUS GRPC_STATUS_NUMBER HOSTNAME LISTENER_NAME LOCAL_REPLY_BODY PACKETS_RETRANSMITTED
  PROTOCOL REQUESTED_SERVER_NAME REQUEST_DURATION REQUEST_HEADERS_BYTES REQUEST_TX_DURATION RESPONSE_CODE
  RESPONSE_DURATION RESPONSE_FLAGS RESPONSE_FLAGS_LONG RESPONSE_HEADERS_BYTES RESPONSE_TRAILERS_BYTES
  RESPONSE_TX_DURATION ROUNDTRIP_DURATION ROUTE_NAME ROUTE_RESOLUTION_COUNT ROUTE_RESOLUTION_TIME_US SPAN_ID
  STREAM_ID TLS_JA3_FINGERPRINT TLS_JA4_FINGERPRINT TRACE_ID UNIQUE_ID UPSTREAM_CLUSTER UPSTREAM_CLUSTER_RAW
  UPSTREAM_CONNECTION_ID UPSTREAM_CONNECTION_IDS_ATTEMPTED UPSTREAM_CONNECTION_POOL_READY_DURATION
  UPSTREAM_DECOMPRESSED_HEADER_BYTES_RECEIVED UPSTREAM_DECOMPRESSED_HEADER_BYTES_SENT UPSTREAM_DETECTED_CLOSE_TYPE
  UPSTREAM_HEADER_BYTES_RECEIVED UPSTREAM_HEADER_BYTES_SENT UPSTREAM_HOST UPSTREAM_HOSTS_ATTEMPTED
  UPSTREAM_HOSTS_ATTEMPTED_WITHOUT_PORT UPSTREAM_HOST_NAME UPSTREAM_HOST_NAMES_ATTEMPTED
  UPSTREAM_HOST_NAMES_ATTEMPTED_WITHOUT_PORT UPSTREAM_HOST_NAME_WITHOUT_PORT UPSTREAM_LOCAL_ADDRESS
  UPSTREAM_LOCAL_CLOSE_REASON UPSTREAM_LOCAL_DNS_SAN UPSTREAM_LOCAL_IP_SAN UPSTREAM_LOCAL_PORT
  UPSTREAM_LOCAL_URI_SAN UPSTREAM_PEER_CERT UPSTREAM_PEER_DNS_SAN UPSTREAM_PEER_IP_SAN UPSTREAM_PEER_ISSUER
  UPSTREAM_PEER_SUBJECT UPSTREAM_PEER_URI_SAN UPSTREAM_PROTOCOL UPSTREAM_REMOTE_ADDRESS
  UPSTREAM_REMOTE_ADDRESS_ENDPOINT_ID UPSTREAM_REMOTE_PORT UPSTREAM_REQUEST_ATTEMPT_COUNT UPSTREAM_SERVER_NAME
  UPSTREAM_TLS_CIPHER UPSTREAM_TLS_GROUP UPSTREAM_TLS_SESSION_ID UPSTREAM_TLS_VERSION
  UPSTREAM_TRANSPORT_FAILURE_REASON UPSTREAM_WIRE_BYTES_RECEIVED UPSTREAM_WIRE_BYTES_SENT VIRTUAL_CLUSTER_NAME
`;

/** Operators with an optional prefix length of an address. */
const ADDRESSES = `
  DOWNSTREAM_DIRECT_LOCAL_ADDRESS_WITHOUT_PORT DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT
  DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT UPSTREAM_LOCAL_ADDRESS_WITHOUT_PORT
  UPSTREAM_REMOTE_ADDRESS_WITHOUT_PORT
`;

/** Operators with an optional time format, as in `strftime`. */
const TIMES = `
  DOWNSTREAM_PEER_CERT_V_END DOWNSTREAM_PEER_CERT_V_START EMIT_TIME EMIT_TIME_LOCAL START_TIME START_TIME_LOCAL
  UPSTREAM_PEER_CERT_V_END UPSTREAM_PEER_CERT_V_START
`;

/** Operators for headers and trailers; a second name is the fallback for the first. */
const HEADERS = "REQ RESP TRAILER REQUEST_HEADER RESPONSE_HEADER RESPONSE_TRAILER STREAM_INFO_REQ";

/** Operators for metadata that filters attach to a request, and that Istio attaches to destinations. */
const METADATA = "DYNAMIC_METADATA CLUSTER_METADATA UPSTREAM_METADATA";

/** A metadata namespace, and the path within it. */
const METADATA_PATH = /^[\w./-]+(:[\w./-]+)*$/;

/** Istio's webhook fails on quotes, backslashes and brackets. */
const TIME_FORMAT = /^[ !#-'*-Z^-~]+$/;

/** Envoy rejects line breaks in time formats. */
const LINE_BREAK = /%[-_0^#]*[1-9]*[EO]?n/;

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

function all(names: string, operator: Operator): readonly (readonly [string, Operator])[] {
  return words(names).map((name) => [name, operator] as const);
}

/** The operators that tables and policies may use, by name. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ...all(PLAIN, { alone: true }),
  ...all(ADDRESSES, { alone: true, argument: /^\d{1,3}$/, example: "24" }),
  ...all(TIMES, { alone: true, argument: TIME_FORMAT, never: LINE_BREAK, example: "%Y-%m-%dT%H:%M:%S" }),
  ...all("RESPONSE_CODE_DETAILS", { alone: true, argument: /^ALLOW_WHITESPACES$/, example: "ALLOW_WHITESPACES" }),
  ...all(HEADERS, { alone: false, argument: /^:?[\w-]+(\?:?[\w-]+)?$/, example: "x-request-id" }),
  ...all(METADATA, { alone: false, argument: METADATA_PATH, example: "envoy.filters.http.ext_authz:user" }),
  ...all("METADATA", {
    alone: false,
    argument: /^(DYNAMIC|CLUSTER|ROUTE|UPSTREAM_HOST|VIRTUAL_HOST)(:[\w./-]+)+$/,
    example: "ROUTE:istio:config",
  }),
  ...all("COMMON_DURATION", {
    alone: false,
    argument: /^[A-Z][A-Z_]*:[A-Z][A-Z_]*:(ms|us|ns)$/,
    example: "DS_RX_BEG:DS_TX_END:ms",
  }),
  ...all("PATH", { alone: true, argument: /^[WN]Q(:(ORIG|PATH|ORIG_OR_PATH))?$/, example: "NQ:ORIG" }),
  ...all("QUERY_PARAMS", { alone: true, argument: /^(ORIG|DECODED)$/, example: "DECODED" }),
  ...all("XFCC_VALUE", { alone: false, argument: /^(By|Hash|Cert|Chain|Subject|URI|DNS)$/, example: "URI" }),
  ...all("QUERY_PARAM", { alone: false, argument: /^[\w.-]+$/, example: "page" }),
]);

/**
 * Envoy operators that tables and policies may not use, and the data that each reads: teams share proxies, but not
 * their private data.
 */
export const READS_PROXY: ReadonlyMap<string, string> = new Map([
  ["ENVIRONMENT", "the environment of the proxy"],
  ["FILE_CONTENT", "files of the proxy"],
  ["FILTER_STATE", "what filters of the proxy keep for each other"],
  ["UPSTREAM_FILTER_STATE", "what filters of the proxy keep for each other"],
  // Envoy treats it as FILTER_STATE
  ["PER_REQUEST_STATE", "what filters of the proxy keep for each other"],
  ["CEL", "whatever an expression asks for"],
  ["TYPED_CEL", "whatever an expression asks for"],
  ["COALESCE", "whatever the operators inside of it read"],
]);

/** Kinds of `METADATA` that expose the gateway's own settings, which belong to the operators. */
export const METADATA_OF_PROXY: readonly string[] = ["LISTENER", "LISTENER_FILTER_CHAIN"];
