import * as pulumi from "@pulumi/pulumi";
import { PerRun, thisStack } from "./engine.js";
import { isMocked } from "./mocked.js";

/** The resources in this stack's state when the program first read it: their outputs, by URN. */
export type StackState = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

const state = new PerRun<Promise<StackState | undefined>>(readOwn);
const others = new PerRun(() => new Map<string, Promise<StackState | undefined>>());

/** Returns this stack's state, read once per run; undefined if it can't be read. */
export function stackState(): Promise<StackState | undefined> {
  return state.get();
}

/**
 * Returns the state of another stack, `ORGANIZATION/PROJECT/STACK`, read once per run; undefined if it can't be read.
 */
export function stateOf(stack: string): Promise<StackState | undefined> {
  const read = others.get().get(stack) ?? readState(stack).catch(() => undefined);
  others.get().set(stack, read);
  return read;
}

async function readOwn(): Promise<StackState | undefined> {
  let problem: unknown;
  // file backends without projects expect the stack's name alone
  for (const stackName of [thisStack(), pulumi.getStack()]) {
    try {
      return await readState(stackName);
    } catch (error) {
      problem ??= error;
    }
  }
  void pulumi.log.warn(`the state of this stack can't be read, so renamed resources are not found: ${problem}`);
  return undefined;
}

async function readState(stackName: string): Promise<StackState> {
  const { outputs } = (await pulumi.runtime.invoke("pulumi:pulumi:readStackResourceOutputs", { stackName })) as {
    outputs: Record<string, { readonly outputs?: Record<string, unknown> }>;
  };
  return new Map(Object.entries(outputs).map(([urn, resource]) => [urn, resource.outputs ?? {}]));
}

/**
 * Starts reading the state when the module is loaded in a run, because a program may wait for something before it
 * declares a fleet.
 */
if (pulumi.runtime.getMonitor() !== undefined && !isMocked() && !pulumi.runtime.isDryRun()) void stackState();
