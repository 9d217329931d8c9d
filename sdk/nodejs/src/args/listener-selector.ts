/** Selects a listener of a virtual gateway. */
export interface ListenerSelectorArgs {
  /**
   * Port of the listener, as clients use it: the `port` of the gateway's listener, not its `targetPort`. 1 to 65535.
   */
  port: number;
}
