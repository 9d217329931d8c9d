import type { Input } from "./input.js";
import type { RouteSelectorArgs } from "./route-selector.js";

/** How answers are compressed. */
export const CompressionAlgorithm = {
  /** Gzip (RFC 1952), which every browser takes. */
  Gzip: "GZIP",
  /** Brotli (RFC 7932), smaller and slower. */
  Brotli: "BROTLI",
} as const;
export type CompressionAlgorithm = (typeof CompressionAlgorithm)[keyof typeof CompressionAlgorithm];

/**
 * Compresses answers of some routes for clients that take it (`accept-encoding`).
 *
 * An answer is compressed if its type is listed, if it is long enough or of unknown length, and if nobody compressed
 * it before. Envoy leaves out answers with
 * `cache-control: no-transform` and those to requests that don't ask for it. Gloo has no such policy; this one follows
 * Envoy's compressor.
 */
export interface CompressionPolicyArgs {
  /** Routes that the policy is for, any of the entries. Default: all routes of whatever lists it. */
  applyToRoutes?: RouteSelectorArgs[];
  /** Algorithms to offer. Clients that like several equally get the first. Default: `BROTLI`, `GZIP`. */
  algorithms?: CompressionAlgorithm[];
  /**
   * Media types of answers to compress, without parameters, such as `application/json`. Default: those that Envoy
   * takes for text.
   */
  contentTypes?: Input<string>[];
  /** Bytes from which an answer is compressed, 30 to 4294967295. Default 30. */
  minContentLength?: Input<number>;
  /** Whether answers with a strong `etag` stay as they are. Else their tag is made weak. Default false. */
  disableOnEtagHeader?: Input<boolean>;
  /**
   * Whether the server doesn't see that the client takes compressed answers, so that it compresses none itself.
   * Default false.
   */
  removeAcceptEncodingHeader?: Input<boolean>;
}
