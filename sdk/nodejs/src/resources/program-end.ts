import * as pulumi from "@pulumi/pulumi";
import { resolved } from "./engine.js";

/** Unpublished functions of Pulumi's SDK. */
interface Runtime {
  readonly waitForRPCs?: () => Promise<void>;
}

/**
 * Runs a function once a program has declared all of its resources: it has ended, its exports are known, and everything
 * is registered. Not called if the program fails, nor for programs in other languages, whose end is not signaled.
 */
export function atProgramEnd(run: () => Promise<void>): void {
  void wait(run).catch((error: unknown) => pulumi.log.debug(`at the end of the program: ${error}`));
}

async function wait(run: () => Promise<void>): Promise<void> {
  // the stack is created before the program runs, and its exports are set after it
  await Promise.resolve();
  const stack = pulumi.runtime.getStackResource() as { readonly outputs?: pulumi.Output<unknown> } | undefined;
  const { waitForRPCs } = pulumi.runtime as Runtime;
  if (stack === undefined || waitForRPCs === undefined) return;
  await resolved(stack.outputs);
  await waitForRPCs();
  // keeps the engine's log open for messages
  const done = pulumi.runtime.rpcKeepAlive();
  try {
    await run();
  } finally {
    done?.();
  }
}
