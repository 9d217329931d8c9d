import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { type NamedObject, objectName } from "../kube/object.js";
import { PerRun, thisStack } from "./engine.js";
import { typeOf } from "./former-urns.js";
import { findCli } from "./pulumi-cli.js";

/** What only an export of a stack tells. */
interface Export {
  /** Objects that Pulumi still has to delete from clusters that the stack has left, as `TYPE ID`. */
  readonly pending: ReadonlySet<string>;
  /** IDs of the providers through which Pulumi would delete resources, by URN. */
  readonly providers: ReadonlyMap<string, string>;
}

/** A resource of an exported stack. */
interface Exported {
  readonly urn?: string;
  readonly type?: string;
  readonly id?: string;
  readonly provider?: string;
  readonly delete?: boolean;
}

interface Deployment {
  readonly resources?: readonly Exported[];
}

/** A state of many thousands of objects. */
const LARGEST = 1024 * 1024 * 1024;
const TIMEOUT_MS = 60_000;

const exported = new PerRun<Promise<Export | undefined>>(readExport);

/**
 * Whether Pulumi still has to delete an object of this kind and name from a cluster that the stack has left.
 *
 * Programs are not shown such resources, so that the CLI is asked.
 *
 * @throws NotExported where that gives no answer.
 */
export async function hasPendingDelete(object: NamedObject): Promise<boolean> {
  return (await exportOf()).pending.has(`${typeOf(object)} ${objectName(object)}`);
}

/**
 * The ID of the provider through which Pulumi would delete a resource; undefined where the stack does not have it.
 *
 * @throws NotExported where the CLI gives no answer.
 */
export async function providerIdOf(urns: readonly string[]): Promise<string | undefined> {
  const { providers } = await exportOf();
  return urns.map((urn) => providers.get(urn)).find((id) => id !== undefined);
}

/** The stack can't be exported, and what is asked decides whether objects are lost. */
export class NotExported extends Error {}

async function exportOf(): Promise<Export> {
  const found = await exported.get();
  if (found === undefined) throw new NotExported("the stack can't be exported");
  return found;
}

async function readExport(): Promise<Export | undefined> {
  const { command, ...options } = findCli();
  // backends of files that know no projects take the stack's name alone
  for (const stack of [thisStack(), pulumi.getStack()]) {
    try {
      const { stdout } = await promisify(execFile)(command, ["stack", "export", "--stack", stack], {
        ...options,
        maxBuffer: LARGEST,
        timeout: TIMEOUT_MS,
      });
      return read(JSON.parse(stdout) as { readonly deployment?: Deployment });
    } catch (error) {
      void pulumi.log.debug(`the stack can't be exported: ${error}`);
    }
  }
  return undefined;
}

function read({ deployment }: { readonly deployment?: Deployment }): Export {
  const all = deployment?.resources ?? [];
  const left = all.filter((each) => each.delete === true);
  const providers = all.flatMap(({ urn, provider, delete: isLeft }): [string, string][] =>
    urn === undefined || provider === undefined || isLeft === true ? [] : [[urn, idIn(provider)]],
  );
  return { pending: new Set(left.map(({ type, id }) => `${type} ${id}`)), providers: new Map(providers) };
}

/** The ID in a reference to a provider, which is its URN and its ID. */
function idIn(provider: string): string {
  return provider.split("::").at(-1) ?? "";
}
