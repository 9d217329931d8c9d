import * as pulumi from "@pulumi/pulumi";
import { PerRun } from "./engine.js";
import { isMocked } from "./mocked.js";

const stopped = new PerRun(() => ({ isStopped: false }));

/**
 * Tells an error, and makes the engine fail, when something is refused after its resource was registered.
 *
 * In a process of its own the program ends with the error. Run by the Automation API, or for a program in another language, it goes on to its end:
 * the engine then deletes what was not registered, and waits for what depends on it. It fails at once where a URN comes twice.
 */
export function stopEngine(resource: pulumi.Resource, error: unknown): void {
  const run = stopped.get();
  if (run.isStopped || isMocked() || isProgramOfItsOwn()) return;
  run.isStopped = true;
  const { __name: name, __pulumiType: type, __parentResource: parent } = resource as unknown as Kept;
  const done = pulumi.runtime.rpcKeepAlive();
  const said = error instanceof Error ? error.message : String(error);
  const why = "the run stops because of this error; that a URN comes twice is how it stops";
  // once the engine fails, it takes no more messages
  void pulumi.log
    .error(`${said}\n${why}`, resource)
    .catch(() => undefined)
    .then(() => new pulumi.ComponentResource(type, name, {}, parent === undefined ? {} : { parent }))
    .finally(done);
}

/** What Pulumi's SDK keeps of a resource, and does not publish. */
interface Kept {
  readonly __name: string;
  readonly __pulumiType: string;
  readonly __parentResource?: pulumi.Resource;
}

/** Whether Pulumi has started the process for one program, which ends with it. */
function isProgramOfItsOwn(): boolean {
  return /[\\/]cmd[\\/]run([\\/]|$)/.test(process.argv[1] ?? "");
}
