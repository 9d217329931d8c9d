import type { Input } from "./input.js";
import type { RouteSelectorArgs } from "./route-selector.js";

/** Compression algorithms. */
export const CompressionAlgorithm = {
  /** Gzip (RFC 1952), which every browser supports. */
  Gzip: "GZIP",
  /** Brotli (RFC 7932), which is smaller and slower. */
  Brotli: "BROTLI",
} as const;
export type CompressionAlgorithm = (typeof CompressionAlgorithm)[keyof typeof CompressionAlgorithm];

/**
 * Compresses responses of some routes for clients that accept it (`accept-encoding`).
 *
 * A response is compressed if its media type is listed, if it is long enough or of unknown length, and if it isn't
 * already compressed. Envoy skips responses with `cache-control: no-transform`, and responses to requests that don't
 * ask for compression. Gloo has no such policy; this one follows Envoy's compressor.
 */
export interface CompressionPolicyArgs {
  /**
   * Routes that the policy applies to, selected by any of the entries. Default: all routes of the resource that lists
   * it.
   */
  applyToRoutes?: RouteSelectorArgs[];
  /** Algorithms to offer. Clients that prefer several equally get the first one. Default: `BROTLI`, `GZIP`. */
  algorithms?: CompressionAlgorithm[];
  /**
   * Media types of responses to compress, without parameters, such as `application/json`. Default: those that Envoy
   * treats as text.
   */
  contentTypes?: Input<string>[];
  /** Minimum length in bytes of a response to compress, 30 to 4294967295. Default 30. */
  minContentLength?: Input<number>;
  /** Leave responses with a strong `etag` uncompressed; otherwise their `etag` becomes weak. Default false. */
  disableOnEtagHeader?: Input<boolean>;
  /** Remove `accept-encoding` from requests, so that servers don't compress responses themselves. Default false. */
  removeAcceptEncodingHeader?: Input<boolean>;
}
