import * as pulumi from "@pulumi/pulumi";
import { resolved } from "./engine.js";

/** What Pulumi's SDK keeps of a program, and does not publish. */
interface Runtime {
  readonly waitForRPCs?: () => Promise<void>;
}

/**
 * Runs something when a program has declared all of its resources: it has ended, its exports are known, and
 * everything is registered. Not where the program fails, nor for programs in other languages, whose end nobody tells.
 */
export function atProgramEnd(run: () => Promise<void>): void {
  void wait(run).catch((error: unknown) => pulumi.log.debug(`at the end of the program: ${error}`));
}

async function wait(run: () => Promise<void>): Promise<void> {
  // the stack is made before the program runs, and its exports are noted after it
  await Promise.resolve();
  const stack = pulumi.runtime.getStackResource() as { readonly outputs?: pulumi.Output<unknown> } | undefined;
  const { waitForRPCs } = pulumi.runtime as Runtime;
  if (stack === undefined || waitForRPCs === undefined) return;
  await resolved(stack.outputs);
  await waitForRPCs();
  // so that the engine still hears what is told
  const done = pulumi.runtime.rpcKeepAlive();
  try {
    await run();
  } finally {
    done?.();
  }
}
