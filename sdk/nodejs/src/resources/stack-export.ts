import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { type NamedObject, objectName } from "../kube/object.js";
import { PerRun, thisStack } from "./engine.js";
import { typeOf } from "./former-urns.js";
import { notedSettings, type Settings } from "./way.js";

/** What only an export of a stack tells. */
interface Export {
  /** Objects that Pulumi still has to delete from clusters that the stack has left, as `TYPE ID`. */
  readonly pending: ReadonlySet<string>;
  /** IDs of the providers through which Pulumi would delete resources, by URN. */
  readonly providers: ReadonlyMap<string, string>;
  /** How providers reach their clusters, by ID; also those that Pulumi still has to delete. */
  readonly settings: ReadonlyMap<string, Settings>;
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

/** The type of providers of Kubernetes. */
export const PROVIDER = "pulumi:providers:kubernetes";

/** A state of many thousands of objects. */
const LARGEST = 1024 * 1024 * 1024;
const TIMEOUT_MS = 60_000;

const exported = new PerRun<Promise<Export | undefined>>(() => readExport());
const withSecrets = new PerRun<Promise<Export | undefined>>(() => readExport("--show-secrets"));

/**
 * Whether Pulumi still has to delete an object of this kind and name from a cluster that the stack has left.
 *
 * Programs are not shown such resources, so that the CLI is asked; where that gives no answer, there are none.
 */
export async function hasPendingDelete(object: NamedObject): Promise<boolean> {
  return (await exported.get())?.pending.has(`${typeOf(object)} ${objectName(object)}`) === true;
}

/** The ID of the provider through which Pulumi would delete a resource; undefined where the CLI gives no answer. */
export async function providerIdOf(urns: readonly string[]): Promise<string | undefined> {
  const providers = (await exported.get())?.providers;
  return urns.map((urn) => providers?.get(urn)).find((id) => id !== undefined);
}

/** Returns true if the stack has a provider of this ID, or still has to delete it. */
export async function hasProvider(id: string): Promise<boolean> {
  return (await exported.get())?.settings.has(id) === true;
}

/** Returns how a provider reaches its cluster; undefined where the stack does not have it. Secrets are used, never told. */
export async function providerSettings(id: string): Promise<Settings | undefined> {
  return (await withSecrets.get())?.settings.get(id);
}

async function readExport(...flags: readonly string[]): Promise<Export | undefined> {
  try {
    const { stdout } = await promisify(execFile)(
      "pulumi",
      ["stack", "export", "--stack", thisStack(), "--non-interactive", ...flags],
      {
        maxBuffer: LARGEST,
        timeout: TIMEOUT_MS,
      },
    );
    const { deployment } = JSON.parse(stdout) as { deployment?: { resources?: readonly Exported[] } };
    const all = deployment?.resources ?? [];
    const left = all.filter((each) => each.delete === true);
    const providers = all.flatMap(({ urn, provider, delete: isLeft }): [string, string][] =>
      urn === undefined || provider === undefined || isLeft === true ? [] : [[urn, idIn(provider)]],
    );
    const settings = all.flatMap(({ type, id, inputs = {} }): [string, Settings][] =>
      type !== PROVIDER || id === undefined ? [] : [[id, notedSettings(inputs)]],
    );
    return {
      pending: new Set(left.map(({ type, id }) => `${type} ${id}`)),
      providers: new Map(providers),
      settings: new Map(settings),
    };
  } catch (error) {
    void pulumi.log.debug(`the stack can't be exported: ${error}`);
    return undefined;
  }
}

/** The ID in a reference to a provider, which is its URN and its ID. */
function idIn(provider: string): string {
  return provider.split("::").at(-1) ?? "";
}
