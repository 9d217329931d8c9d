import { type NamedObject, objectName } from "../kube/object.js";
import { PerRun } from "./engine.js";
import { typeOf } from "./former-urns.js";
import { askCli } from "./pulumi-cli.js";

/** What only an export of a stack tells. */
interface Export {
  /** Objects that Pulumi still has to delete from clusters that the stack has left, as `TYPE ID`. */
  readonly pending: ReadonlySet<string>;
  /** IDs of the providers through which Pulumi would delete resources, by URN. */
  readonly providers: ReadonlyMap<string, string>;
  /** What was under way when a run was killed. */
  readonly interrupted: readonly Operation[];
}

/** Something that Pulumi had begun and whose end it does not know. */
export interface Operation {
  readonly type: string;
  readonly resource: Exported & { readonly inputs?: Partial<NamedObject> };
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
  readonly pending_operations?: readonly Operation[];
  readonly resources?: readonly Exported[];
}

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

/** What was under way when the last run was killed; undefined where the CLI gives no answer. */
export async function interruptedOperations(): Promise<readonly Operation[] | undefined> {
  return (await exported.get())?.interrupted;
}

/** The stack can't be exported, and what is asked decides whether objects are lost. */
export class NotExported extends Error {}

async function exportOf(): Promise<Export> {
  const found = await exported.get();
  if (found === undefined) throw new NotExported("the stack can't be exported");
  return found;
}

async function readExport(): Promise<Export | undefined> {
  const found = await askCli<{ readonly deployment?: Deployment }>("export");
  return found && read(found);
}

function read({ deployment }: { readonly deployment?: Deployment }): Export {
  const all = deployment?.resources ?? [];
  const left = all.filter((each) => each.delete === true);
  const providers = all.flatMap(({ urn, provider, delete: isLeft }): [string, string][] =>
    urn === undefined || provider === undefined || isLeft === true ? [] : [[urn, idIn(provider)]],
  );
  return {
    pending: new Set(left.map(({ type, id }) => `${type} ${id}`)),
    providers: new Map(providers),
    interrupted: deployment?.pending_operations ?? [],
  };
}

/** The ID in a reference to a provider, which is its URN and its ID. */
function idIn(provider: string): string {
  return provider.split("::").at(-1) ?? "";
}
