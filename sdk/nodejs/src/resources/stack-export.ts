import { type NamedObject, objectName } from "../kube/object.js";
import { PerRun } from "./engine.js";
import { typeOf } from "./former-urns.js";
import { askCli } from "./pulumi-cli.js";
import { notedSettings, type Settings } from "./way.js";

/** Data that only an export of the stack contains. */
interface Export {
  /** Objects that Pulumi still has to delete from clusters that are no longer in the stack, as `TYPE ID`. */
  readonly pending: ReadonlySet<string>;
  /** IDs of the providers with which Pulumi would delete resources, by URN. */
  readonly providers: ReadonlyMap<string, string>;
  /** Settings of providers, by ID; including providers that Pulumi still has to delete. */
  readonly settings: ReadonlyMap<string, Settings>;
  /** Pending operations of a killed run. */
  readonly interrupted: readonly PendingOperation[];
}

/** An operation that Pulumi started and whose outcome it does not know. */
export interface PendingOperation {
  readonly type: string;
  readonly resource: Omit<Exported, "inputs"> & { readonly inputs?: Partial<NamedObject> };
}

/** A resource of an exported stack. */
interface Exported {
  readonly urn?: string;
  readonly type?: string;
  readonly id?: string;
  readonly provider?: string;
  readonly delete?: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

interface Deployment {
  readonly pending_operations?: readonly PendingOperation[];
  readonly resources?: readonly Exported[];
}

/** The type of Kubernetes providers. */
export const PROVIDER_TYPE = "pulumi:providers:kubernetes";

const exported = new PerRun<Promise<Export | undefined>>(() => readExport());
const withSecrets = new PerRun<Promise<Export | undefined>>(() => readExport("--show-secrets"));

/**
 * Returns true if Pulumi still has to delete an object of this kind and name from a cluster that is no longer in the
 * stack.
 *
 * Programs don't see such resources, so this runs the CLI.
 *
 * @throws NotExported if the CLI fails.
 */
export async function hasPendingDelete(object: NamedObject): Promise<boolean> {
  return (await exportOf()).pending.has(`${typeOf(object)} ${objectName(object)}`);
}

/**
 * Returns the ID of the provider with which Pulumi would delete a resource; undefined if the stack does not have it.
 *
 * @throws NotExported if the CLI fails.
 */
export async function providerIdOf(urns: readonly string[]): Promise<string | undefined> {
  const { providers } = await exportOf();
  return urns.map((urn) => providers.get(urn)).find((id) => id !== undefined);
}

/** Returns the pending operations of the last run, if it was killed; undefined if the CLI fails. */
export async function interruptedOperations(): Promise<readonly PendingOperation[] | undefined> {
  return (await exported.get())?.interrupted;
}

/** The stack can't be exported, and the answer decides whether objects are lost. */
export class NotExported extends Error {}

async function exportOf(): Promise<Export> {
  const found = await exported.get();
  if (found === undefined) throw new NotExported("the stack can't be exported");
  return found;
}

/** Returns true if the stack has a provider with this ID, or still has to delete it. */
export async function hasProvider(id: string): Promise<boolean> {
  return (await exportOf()).settings.has(id);
}

/** Returns the settings of a provider; undefined if the stack does not have it. Secrets are used, never reported. */
export async function providerSettings(id: string): Promise<Settings | undefined> {
  return (await withSecrets.get())?.settings.get(id);
}

async function readExport(...options: readonly string[]): Promise<Export | undefined> {
  const found = await askCli<{ readonly deployment?: Deployment }>("export", ...options);
  return found && read(found);
}

function read({ deployment }: { readonly deployment?: Deployment }): Export {
  const all = deployment?.resources ?? [];
  const left = all.filter((each) => each.delete === true);
  const providers = all.flatMap(({ urn, provider, delete: isLeft }): [string, string][] =>
    urn === undefined || provider === undefined || isLeft === true ? [] : [[urn, idIn(provider)]],
  );
  const settings = all.flatMap(({ type, id, inputs = {} }): [string, Settings][] =>
    type !== PROVIDER_TYPE || id === undefined ? [] : [[id, notedSettings(inputs)]],
  );
  return {
    pending: new Set(left.map(({ type, id }) => `${type} ${id}`)),
    providers: new Map(providers),
    settings: new Map(settings),
    interrupted: deployment?.pending_operations ?? [],
  };
}

/** Returns the ID in a provider reference, which is `URN::ID`. */
function idIn(provider: string): string {
  return provider.split("::").at(-1) ?? "";
}
