import * as pulumi from "@pulumi/pulumi";

/**
 * Returns true if a unit test runs the program: `pulumi.runtime.setMocks` replaces the engine, and no cluster is ever
 * contacted.
 *
 * Detected by the monitor, which is a client of the engine in every preview and update, including those of the
 * Automation API and of providers.
 */
export function isMocked(): boolean {
  const monitor: object | undefined = pulumi.runtime.getMonitor();
  // not `instanceof`: the test may have another copy of Pulumi's SDK than this package
  return monitor !== undefined && "mocks" in monitor;
}
