import type { Input } from "./input.js";

/**
 * When callers leave out endpoints that fail. Follows `OutlierDetectionPolicy` of Gloo Platform v2.
 *
 * Every caller counts for itself. An endpoint of another network is its east-west gateway, so that leaving it out leaves out the cluster.
 */
export interface OutlierDetectionPolicyArgs {
  /** Errors in a row after which an endpoint is left out, 1 to 4294967295: answers 5xx, timeouts and failed connections. Default 5. */
  consecutiveErrors?: Input<number>;
  /**
   * Gateway errors in a row after which an endpoint is left out, 0 to 4294967295: answers 502, 503 and 504, timeouts and failed connections.
   *
   * They count as errors too, so that a number below `consecutiveErrors` is the only one that matters. Default 0, which switches it off.
   */
  consecutiveGatewayErrors?: Input<number>;
  /** Time between two looks at endpoints, after which those whose time is over come back: at least `1ms`, in whole milliseconds, as in `1s500ms`. Default `10s`. */
  interval?: Input<string>;
  /** Time that an endpoint is left out, times how often it was: at least `1ms`, in whole milliseconds, as in `1m30s`. Default `30s`. */
  baseEjectionTime?: Input<string>;
  /**
   * Percent of the endpoints that may be left out at a time, 1 to 100. Default 100.
   *
   * With less, a cluster whose endpoints all fail keeps some of the requests. 0 is refused, because Istio takes it for its own default of 10.
   */
  maxEjectionPercent?: Input<number>;
}
