import type { Input } from "./input.js";

/**
 * Ejects failing endpoints from callers' load balancing. Follows `OutlierDetectionPolicy` of Gloo Platform v2.
 *
 * Each caller counts on its own. An endpoint in another network is its east-west gateway, so ejecting it ejects the
 * cluster.
 */
export interface OutlierDetectionPolicyArgs {
  /**
   * Consecutive errors after which an endpoint is ejected, 1 to 4294967295: 5xx responses, timeouts and failed
   * connections. Default 5.
   */
  consecutiveErrors?: Input<number>;
  /**
   * Consecutive gateway errors after which an endpoint is ejected, 0 to 4294967295: 502, 503 and 504 responses,
   * timeouts and failed connections.
   *
   * They count as errors too, so the number only matters if it is below `consecutiveErrors`. Default 0, which disables
   * it.
   */
  consecutiveGatewayErrors?: Input<number>;
  /**
   * Time between two checks of endpoints, in which those whose ejection is over return: at least `1ms`, in whole
   * milliseconds, as in `1s500ms`. Default `10s`.
   */
  interval?: Input<string>;
  /**
   * Time for which an endpoint is ejected, multiplied by the number of its ejections: at least `1ms`, in whole
   * milliseconds, as in `1m30s`. Default `30s`.
   */
  baseEjectionTime?: Input<string>;
  /**
   * Maximum percentage of endpoints that are ejected at a time, 1 to 100. Default 100.
   *
   * With less, a cluster whose endpoints all fail still gets some of the requests. 0 is rejected, because Istio
   * replaces it with its own default of 10.
   */
  maxEjectionPercent?: Input<number>;
}
