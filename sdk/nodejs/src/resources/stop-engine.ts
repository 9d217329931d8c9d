import * as pulumi from "@pulumi/pulumi";
import { PerRun } from "./engine.js";
import { isMocked } from "./mocked.js";

const stopped = new PerRun(() => ({ isStopped: false }));

/**
 * Reports an error, and makes the engine fail, when an object is rejected after its resource was registered.
 *
 * In a process of its own the program ends with the error. Run by the Automation API, or for a program in another
 * language, it continues to its end: the engine would then delete what was not registered, and wait for its dependents.
 * A duplicate URN makes the engine fail immediately.
 */
export function stopEngine(resource: pulumi.Resource, error: unknown): void {
  const run = stopped.get();
  if (run.isStopped || isMocked() || hasOwnProcess()) return;
  run.isStopped = true;
  const { __name: name, __pulumiType: type, __parentResource: parent } = resource as unknown as Kept;
  const done = pulumi.runtime.rpcKeepAlive();
  const said = error instanceof Error ? error.message : String(error);
  const why = "the run stops because of this error, by means of a duplicate URN";
  // the engine accepts no more messages once it fails
  void pulumi.log
    .error(`${said}\n${why}`, resource)
    .catch(() => undefined)
    .then(() => new pulumi.ComponentResource(type, name, {}, parent === undefined ? {} : { parent }))
    .finally(done);
}

/** Private fields of resources in Pulumi's SDK. */
interface Kept {
  readonly __name: string;
  readonly __pulumiType: string;
  readonly __parentResource?: pulumi.Resource;
}

/** Returns true if Pulumi started this process for a single program, and it ends with the program. */
function hasOwnProcess(): boolean {
  return /[\\/]cmd[\\/]run([\\/]|$)/.test(process.argv[1] ?? "");
}
