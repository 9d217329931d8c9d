import * as pulumi from "@pulumi/pulumi";

/**
 * Whether a unit test runs the program: `pulumi.runtime.setMocks` answers in the place of an engine, and no cluster is ever reached.
 *
 * Told by the monitor, which is a client of the engine in every preview and update, the Automation API's and a provider's included.
 */
export function isMocked(): boolean {
  const monitor: object | undefined = pulumi.runtime.getMonitor();
  // not `instanceof`: the test may have another copy of Pulumi's SDK than this package
  return monitor !== undefined && "mocks" in monitor;
}
