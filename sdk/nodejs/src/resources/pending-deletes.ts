import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { PerRun, thisStack } from "./engine.js";
import type { NamedObject } from "./live-objects.js";

/** A resource of an exported stack. */
interface Exported {
  readonly type?: string;
  readonly id?: string;
  readonly delete?: boolean;
}

/** A state of many thousands of objects. */
const LARGEST = 1024 * 1024 * 1024;
const TIMEOUT_MS = 60_000;

const pending = new PerRun<Promise<ReadonlySet<string>>>(readPending);

/**
 * Whether Pulumi still has to delete an object of this kind and name from a cluster that the stack has left.
 *
 * Programs are not shown such resources, so that the CLI is asked; where that gives no answer, there are none.
 */
export async function hasPendingDelete({ apiVersion, kind, metadata }: NamedObject): Promise<boolean> {
  const id = metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
  return (await pending.get()).has(`kubernetes:${apiVersion}:${kind} ${id}`);
}

async function readPending(): Promise<ReadonlySet<string>> {
  try {
    const { stdout } = await promisify(execFile)("pulumi", ["stack", "export", "--stack", thisStack()], {
      maxBuffer: LARGEST,
      timeout: TIMEOUT_MS,
    });
    const { deployment } = JSON.parse(stdout) as { deployment?: { resources?: readonly Exported[] } };
    const left = (deployment?.resources ?? []).filter((each) => each.delete === true);
    return new Set(left.map(({ type, id }) => `${type} ${id}`));
  } catch (error) {
    void pulumi.log.debug(`the stack can't be exported: ${error}`);
    return new Set();
  }
}
